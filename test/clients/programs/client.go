package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	// The name that openapi-generator gives a module unless --git-user-id and --git-repo-id are set.
	curbside "github.com/GIT_USER_ID/GIT_REPO_ID"
)

type object = map[string]any

func main() {
	configuration := curbside.NewConfiguration()
	configuration.Servers = curbside.ServerConfigurations{{URL: os.Args[1]}}
	client := curbside.NewAPIClient(configuration)
	finding, data, ctx := client.FindingAPI, client.DataAPI, context.Background()

	found, _, err := finding.Search(ctx).Q("tacos").Bbox([]float64{-122.52, 37.7, -122.35, 37.83}).
		Category([]string{"mexican"}).Exclude([]string{"peanuts", "hot dogs"}).OpenAt("wed12:15").
		Facets([]string{"category", "open"}).Limit(3).Execute()
	expect(err)
	answer := found.SearchAnswer
	first, ids := answer.Trucks[0], []string{}
	for _, truck := range answer.Trucks {
		ids = append(ids, truck.Id)
	}

	_, refused, err := finding.Search(ctx).Q("tacos").Lat(91).Lon(0).Execute()
	failure := modelOf[curbside.SearchFailure](err)
	parameters := []string{}
	for _, fault := range failure.Problem.Errors {
		parameters = append(parameters, fault.Parameter)
	}

	details, _, err := finding.Truck(ctx, first.Id).Execute()
	expect(err)
	branches := [][]float64{}
	for _, branch := range details.Truck.Branches {
		branches = append(branches, []float64{branch.Lat, branch.Lon})
	}
	_, missing, err := finding.Truck(ctx, "nobody").Execute()
	problem := modelOf[curbside.Problem](err)

	suggest, _, err := finding.Suggest(ctx).Q("tac").Limit(3).Execute()
	expect(err)
	suggestions := []object{}
	for _, one := range suggest.Suggestions {
		suggestions = append(suggestions, object{"text": one.Text, "highlight": one.Highlight})
	}
	meta, _, err := data.Meta(ctx).Execute()
	expect(err)

	// A generated function reads only the first format of an operation, which is JSON. It returns the response of another format too.
	_, response, _ := finding.Search(ctx).Q("tacos").Format("geojson").Limit(2).Execute()
	var geojson curbside.FeatureCollection
	expect(json.NewDecoder(response.Body).Decode(&geojson))
	features := []object{}
	for _, one := range geojson.Features {
		features = append(features, object{"vendor": one.Properties.Vendor, "coordinates": one.Geometry.Coordinates})
	}
	current, _, err := data.CurrentFiles(ctx).Execute()
	expect(err)
	places, _, err := data.PlacesGeojson(ctx, current.Version).Execute()
	expect(err)

	expect(json.NewEncoder(os.Stdout).Encode(object{
		"search": object{
			"hits": answer.Hits, "ids": ids, "bbox": answer.Query.Bbox, "open": first.Open.State,
			"distance": first.DistanceM.Get(), "week": first.Branches[0].Week[0],
			"highlights": first.Highlights.Fooditems, "facet": answer.Facets.Open,
		},
		"fault":       object{"status": refused.StatusCode, "parameters": parameters},
		"truck":       object{"name": details.Truck.Name, "branches": branches},
		"missing":     object{"status": missing.StatusCode, "type": problem.Type},
		"suggestions": suggestions,
		"meta":        object{"city": meta.City.Name, "vendors": meta.Counts.Vendors, "outline": meta.Outline[0][0]},
		"geojson":     features,
		"places":      len(places.Features),
	}))
}

// modelOf returns the body of an error response as the type that the client read it as.
func modelOf[Model any](err error) Model {
	var failure *curbside.GenericOpenAPIError
	if !errors.As(err, &failure) {
		expect(fmt.Errorf("no error response: %w", err))
	}
	model, ok := failure.Model().(Model)
	if !ok {
		expect(fmt.Errorf("another model: %T", failure.Model()))
	}
	return model
}

func expect(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
