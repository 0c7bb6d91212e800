import json
import sys

from curbside_client import Client
from curbside_client.api.data import current_files, meta, places_geojson
from curbside_client.api.finding import search, suggest, truck
from curbside_client.models import FeatureCollection, Problem, SearchAnswer, SearchFacetsItem, SearchFailure, TruckAnswer

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)

found = search.sync(
    client=client,
    q="tacos",
    bbox=[-122.52, 37.7, -122.35, 37.83],
    category=["mexican"],
    exclude=["peanuts", "hot dogs"],
    open_at="wed12:15",
    facets=[SearchFacetsItem.CATEGORY, SearchFacetsItem.OPEN],
    limit=3,
)
assert isinstance(found, SearchAnswer), found
first = found.trucks[0]

fault = search.sync_detailed(client=client, q="tacos", lat=91, lon=0)
assert isinstance(fault.parsed, SearchFailure), fault

details = truck.sync(first.id, client=client)
assert isinstance(details, TruckAnswer), details
missing = truck.sync_detailed("nobody", client=client)
assert isinstance(missing.parsed, Problem), missing

suggestions = suggest.sync(client=client, q="tac", limit=3).suggestions
city = meta.sync(client=client)

# A generated function reads only the first format of an operation, which is JSON.
response = client.get_httpx_client().get("/search", params={"q": "tacos", "format": "geojson", "limit": 2})
geojson = FeatureCollection.from_dict(response.json())
places = places_geojson.sync(current_files.sync(client=client).version, client=client)

answers = {
    "search": {
        "hits": found.hits,
        "ids": [one.id for one in found.trucks],
        "bbox": found.query.bbox,
        "open": first.open_.state.value,
        "distance": first.distance_m,
        "week": first.branches[0].week[0],
        "highlights": first.highlights.fooditems,
        "facet": [one.to_dict() for one in found.facets.open_],
    },
    "fault": {
        "status": fault.status_code,
        "parameters": [one.parameter for one in fault.parsed.problem.errors],
    },
    "truck": {"name": details.truck.name, "branches": [[one.lat, one.lon] for one in details.truck.branches]},
    "missing": {"status": missing.status_code, "type": missing.parsed.type_},
    "suggestions": [{"text": one.text, "highlight": one.highlight} for one in suggestions],
    "meta": {"city": city.city.name, "vendors": city.counts.vendors, "outline": city.outline[0][0]},
    "geojson": [
        {"vendor": one.properties.vendor, "coordinates": one.geometry.coordinates} for one in geojson.features
    ],
    "places": len(places.features),
}
print(json.dumps(answers))
