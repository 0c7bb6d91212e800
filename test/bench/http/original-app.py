"""A re-creation of the original app: Flask's own server, one OpenSearch search per request, hits grouped by vendor.
Arguments: OpenSearch's URL, an index with one document per branch, a port."""

import http.client
import sys
import threading
from json import dumps, loads
from urllib.parse import urlsplit

from flask import Flask, jsonify, request

url, index, port = urlsplit(sys.argv[1]), sys.argv[2], int(sys.argv[3])
app = Flask(__name__)
local = threading.local()


def search(words):
    body = {"query": {"multi_match": {"fields": ["name", "fooditems"], "query": words}}, "size": 750}
    connection = getattr(local, "connection", None) or http.client.HTTPConnection(url.hostname, url.port)
    local.connection = connection
    connection.request("GET", f"/{index}/_search", dumps(body), {"Content-Type": "application/json"})
    return loads(connection.getresponse().read())


@app.route("/search")
def search_route():
    found = search(request.args.get("q"))
    vendors = {}
    for hit in found["hits"]["hits"]:
        row = hit["_source"]
        vendor = vendors.setdefault(
            row["name"], {"name": row["name"], "fooditems": row["fooditems"], "branches": [], "drinks": row["drinks"]}
        )
        vendor["branches"].append({key: row[key] for key in ("hours", "schedule", "address", "location")})
    hits = len(vendors)
    locations = sum(len(vendor["branches"]) for vendor in vendors.values())
    return jsonify({"trucks": list(vendors.values()), "hits": hits, "locations": locations, "status": "success"})


app.run(host="127.0.0.1", port=port)
