using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Posts;
using Outrider.Api.Rest;

namespace Outrider.Tests.Boundary.Rest;

public sealed class OpenApiTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private static readonly string[] s_methods = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task Document_ListsEveryRouteWithSummaryProblemAndSecurity()
    {
        using var client = tenants.Centre.Client(null);
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(member => s_methods.Contains(member.Name))
                .Select(operation => (Name: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)))
            .Where(operation => operation.Name.Contains(RestApi.Prefix, StringComparison.Ordinal)).ToList();
        var routes = ((IEndpointRouteBuilder)tenants.Centre.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(RestApi.Prefix, StringComparison.Ordinal))
            .ToDictionary(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {endpoint.RoutePattern.RawText!.TrimEnd('/')}");

        Assert.Equal(routes.Keys.Order(), operations.Select(operation => operation.Name.TrimEnd('/')).Order());
        Assert.Equal(operations.Count, operations.Select(operation => operation.Value.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, operation =>
        {
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            // A header of two, or a browser's session; agents have no browser, and some routes need no credential: that is what they are for.
            var metadata = routes[operation.Name.TrimEnd('/')].Metadata;
            Assert.Equal(metadata.GetMetadata<CallerRequired>() is not null ? 3 : metadata.GetMetadata<AgentRequired>() is not null ? 2 : 0,
                operation.Value.TryGetProperty("security", out var security) ? security.GetArrayLength() : 0);
            var responses = operation.Value.GetProperty("responses");
            Assert.True(responses.GetProperty("default").GetProperty("content").TryGetProperty("application/problem+json", out _));
            Assert.Contains(responses.EnumerateObject(), response => response.Name is "200" or "201" or "204" or "302");
        });
        var schemes = document.RootElement.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("X-API-Key", schemes.GetProperty("api_key").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/agents/{agent}/metrics/range", 7)]
    [InlineData("/metrics/compare", 10)]
    [InlineData("/metrics/export", 8)]
    [InlineData("/agents/{agent}/processes", 6)]
    [InlineData("/fleet", 7)]
    [InlineData("/fleet/sparklines", 4)]
    public async Task Document_ParametersOfMetrics_AreNamedAndDescribed(string path, int count)
    {
        using var client = tenants.Centre.Client(null);
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var parameters = document.RootElement.GetProperty("paths").GetProperty(RestApi.Prefix + path).GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query").ToList();

        Assert.Equal(count, parameters.Count);
        Assert.All(parameters, parameter => Assert.Matches("^[a-z_]+$", parameter.GetProperty("name").GetString()));
        Assert.All(parameters, parameter => Assert.NotEmpty(parameter.GetProperty("description").GetString()!));
    }

    [Fact]
    public async Task Document_Schemas_AreInSnakeCase()
    {
        using var client = tenants.Centre.Client(null);
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var members = document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject().Select(member => member.Name)).ToList();

        Assert.Contains("queries_per_month", members);
        Assert.All(members, member => Assert.Matches("^[a-z0-9_]+$", member));
    }
}
