using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Posts;
using Outrider.Api.Problems;
using Outrider.Api.Prometheus;
using Outrider.Api.Rest;
using Outrider.Api.Rest.Files;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest;

/// <summary>
/// Every route of REST and of Prometheus' API against every wrong caller. The routes come from the running centre: one that has no row here fails.
/// Tenant <c>acme</c> owns an agent <c>prod-1</c> with a report <c>r1</c>; tenant <c>evil</c> tries to get at them.
/// </summary>
public sealed class RouteIsolationTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    /// <summary>
    /// Route → least role, a body that the route takes (of Prometheus' API what follows the path), and what another tenant's admin gets who
    /// asks for acme's things.
    /// </summary>
    private static readonly Dictionary<string, (Role Role, string? Body, int Foreign)> s_routes = new()
    {
        ["GET /agents"] = (Role.Viewer, null, 200),
        ["GET /agents/{agent}"] = (Role.Viewer, null, 404),
        ["DELETE /agents/{agent}"] = (Role.Admin, null, 404),
        ["GET /fleet"] = (Role.Viewer, null, 200),
        ["GET /fleet/labels"] = (Role.Viewer, null, 200),
        ["GET /fleet/sparklines"] = (Role.Viewer, null, 400),
        ["GET /settings"] = (Role.Viewer, null, 200),
        ["PUT /settings"] = (Role.Admin, """{"report_seconds":20}""", 200),
        ["GET /agents/{agent}/settings"] = (Role.Viewer, null, 404),
        ["PUT /agents/{agent}/settings"] = (Role.Admin, """{"report_seconds":20}""", 404),
        ["POST /agents/{agent}/sql"] = (Role.Operator, """{"sql":"SELECT 1"}""", 404),
        ["POST /agents/{agent}/sql/batch"] = (Role.Operator, """{"statements":["SELECT 1"]}""", 200),
        ["GET /experts"] = (Role.Viewer, null, 200),
        ["POST /agents/{agent}/diagnoses"] = (Role.Operator, """{"expert":"storage"}""", 404),
        ["GET /agents/{agent}/diagnoses"] = (Role.Viewer, null, 200),
        ["GET /agents/{agent}/diagnoses/{id}"] = (Role.Viewer, null, 404),
        ["GET /agents/{agent}/diagnoses/{id}/bundle"] = (Role.Viewer, null, 404),
        ["GET /agents/{agent}/metrics"] = (Role.Viewer, null, 404),
        ["DELETE /agents/{agent}/metrics"] = (Role.Admin, null, 204),
        ["GET /agents/{agent}/metrics/latest"] = (Role.Viewer, null, 404),
        ["GET /agents/{agent}/metrics/range"] = (Role.Viewer, null, 404),
        ["GET /agents/{agent}/processes"] = (Role.Viewer, null, 404),
        ["GET /metrics/compare"] = (Role.Viewer, null, 400),
        ["GET /metrics/export"] = (Role.Viewer, null, 200),
        ["GET /metrics/policy"] = (Role.Viewer, null, 200),
        ["PUT /metrics/policy"] = (Role.Admin, """{"raw_hours":24}""", 200),
        ["GET /metrics/usage"] = (Role.Viewer, null, 200),
        ["GET /servers"] = (Role.Viewer, null, 200),
        ["GET /servers/{name}/stats"] = (Role.Viewer, null, 404),
        ["GET /stats/compare"] = (Role.Viewer, null, 200),
        ["GET /rules"] = (Role.Viewer, null, 200),
        ["POST /rules"] = (Role.Admin, """{"name":"x"}""", 400),
        ["POST /rules/validate"] = (Role.Viewer, """{"name":"x","metric":"host_load1","threshold":1}""", 200),
        ["POST /rules/dry-run"] = (Role.Viewer, """{"name":"x","metric":"host_load1","threshold":1}""", 200),
        ["POST /rules/import"] = (Role.Admin, """{"groups":[]}""", 200),
        ["GET /rules/{rule}"] = (Role.Viewer, null, 404),
        ["PUT /rules/{rule}"] = (Role.Admin, """{"name":"x"}""", 400),
        ["DELETE /rules/{rule}"] = (Role.Admin, null, 404),
        ["GET /rules/{rule}/evaluation"] = (Role.Viewer, null, 404),
        ["GET /rules/{rule}/dry-run"] = (Role.Viewer, null, 404),
        ["GET /alerts"] = (Role.Viewer, null, 200),
        ["POST /alerts"] = (Role.Admin, """{"name":"x"}""", 400),
        ["GET /alerts/history"] = (Role.Viewer, null, 200),
        ["GET /alerts/{id}"] = (Role.Viewer, null, 404),
        ["GET /alerts/{id}/notifications"] = (Role.Viewer, null, 404),
        ["POST /alerts/{id}/acknowledge"] = (Role.Operator, """{"note":"mine"}""", 404),
        ["GET /agents/{agent}/alerts/evaluation"] = (Role.Viewer, null, 404),
        ["GET /silences"] = (Role.Viewer, null, 200),
        ["POST /silences"] = (Role.Operator, """{"duration":"1h"}""", 201),
        ["DELETE /silences/{id}"] = (Role.Operator, null, 404),
        ["GET /channels"] = (Role.Viewer, null, 200),
        ["GET /channels/{name}"] = (Role.Viewer, null, 404),
        ["PUT /channels/{name}"] = (Role.Admin, "{}", 400),
        ["DELETE /channels/{name}"] = (Role.Admin, null, 404),
        ["POST /channels/{name}/test"] = (Role.Operator, null, 404),
        ["GET /channels/{name}/notifications"] = (Role.Viewer, null, 404),
        ["GET /secrets"] = (Role.Admin, null, 200),
        ["PUT /secrets/{name}"] = (Role.Admin, """{"value":""}""", 400),
        ["DELETE /secrets/{name}"] = (Role.Admin, null, 404),
        ["GET /tasks"] = (Role.Viewer, null, 200),
        ["POST /tasks"] = (Role.Operator, """{"agent_id":"prod-1","type":"shell","command":"true"}""", 404),
        ["POST /tasks/check"] = (Role.Operator, """{"agent_id":"prod-1","type":"shell","command":"true"}""", 404),
        ["GET /tasks/{id}"] = (Role.Viewer, null, 404),
        ["DELETE /tasks/{id}"] = (Role.Admin, null, 404),
        ["POST /tasks/{id}/cancel"] = (Role.Operator, null, 404),
        ["POST /tasks/{id}/approve"] = (Role.Operator, """{"note":"x"}""", 404),
        ["POST /tasks/{id}/reject"] = (Role.Operator, """{"note":"x"}""", 404),
        ["GET /tasks/{id}/logs"] = (Role.Viewer, null, 404),
        ["GET /tasks/{id}/logs/raw"] = (Role.Viewer, null, 404),
        ["GET /tasks/{id}/logs/stream"] = (Role.Viewer, null, 404),
        ["GET /task-settings"] = (Role.Viewer, null, 200),
        ["PUT /task-settings"] = (Role.Admin, """{"approvals":[]}""", 200),
        ["GET /fanouts"] = (Role.Viewer, null, 200),
        ["POST /fanouts"] = (Role.Operator, """{"agents":["prod-*"],"type":"shell","command":"true"}""", 422),
        ["GET /fanouts/{id}"] = (Role.Viewer, null, 404),
        ["POST /fanouts/{id}/cancel"] = (Role.Operator, null, 404),
        ["POST /fanouts/{id}/approve"] = (Role.Operator, """{"note":"x"}""", 404),
        ["POST /fanouts/{id}/reject"] = (Role.Operator, """{"note":"x"}""", 404),
        ["GET /tenants"] = (Role.Platform, null, 403),
        ["POST /tenants"] = (Role.Platform, """{"id":"new"}""", 403),
        ["GET /tenants/{tenant}"] = (Role.Admin, null, 404),
        ["PATCH /tenants/{tenant}"] = (Role.Platform, """{"description":"x"}""", 404),
        ["POST /tenants/{tenant}/keys"] = (Role.Admin, """{"role":"admin"}""", 404),
        ["DELETE /tenants/{tenant}/keys/{key}"] = (Role.Admin, null, 404),
        ["POST /tenants/{tenant}/enrolment-tokens"] = (Role.Admin, """{"patterns":["*"]}""", 404),
        ["DELETE /tenants/{tenant}/enrolment-tokens/{token}"] = (Role.Admin, null, 404),
        ["POST /files"] = (Role.Operator, """{"x":1}""", 400),
        ["GET /files"] = (Role.Viewer, null, 200),
        ["GET /files/{id}"] = (Role.Viewer, null, 404),
        ["DELETE /files/{id}"] = (Role.Operator, null, 404),
        ["GET /files/{id}/download"] = (Role.Viewer, null, 404),
        ["POST /files/{id}/link"] = (Role.Operator, """{"expires_seconds":60}""", 404),
        ["GET /audit"] = (Role.Admin, null, 200),
        ["GET /prometheus/api/v1/query"] = (Role.Viewer, "?query=host_load1", 200),
        ["POST /prometheus/api/v1/query"] = (Role.Viewer, "?query=host_load1", 200),
        ["GET /prometheus/api/v1/query_range"] = (Role.Viewer, "?query=host_load1&start=1&end=2&step=1", 200),
        ["POST /prometheus/api/v1/query_range"] = (Role.Viewer, "?query=host_load1&start=1&end=2&step=1", 200),
        ["GET /prometheus/api/v1/series"] = (Role.Viewer, "?match[]=host_load1", 200),
        ["POST /prometheus/api/v1/series"] = (Role.Viewer, "?match[]=host_load1", 200),
        ["GET /prometheus/api/v1/labels"] = (Role.Viewer, "", 200),
        ["POST /prometheus/api/v1/labels"] = (Role.Viewer, "", 200),
        ["GET /prometheus/api/v1/label/{name}/values"] = (Role.Viewer, "", 200),
        ["GET /prometheus/api/v1/metadata"] = (Role.Viewer, "", 200),
        ["GET /prometheus/api/v1/status/buildinfo"] = (Role.Viewer, "", 200),
    };

    /// <summary>Tenant routes that the platform may use too.</summary>
    private static readonly string[] s_platformToo =
        [.. s_routes.Keys.Where(route => route.Contains("/tenants/{tenant}", StringComparison.Ordinal)), "GET /audit", "GET /prometheus/api/v1/status/buildinfo"];

    public static TheoryData<string> Routes => [.. s_routes.Keys];

    [Fact]
    public void EveryRoute_OfTheRunningCentre_HasARowAndIsBehindAuthentication()
    {
        var endpoints = ((IEndpointRouteBuilder)tenants.Centre.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(RestApi.Prefix, StringComparison.Ordinal)
                || IsPrometheus(endpoint.RoutePattern.RawText)).ToList();
        var posts = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<AgentRequired>() is not null).ToList();
        Assert.Equal(["POST /heartbeat", "POST /register", "POST /report"], posts.SelectMany(NamesOf).Order());

        var granted = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<GrantRequired>() is not null).ToList();
        Assert.Equal(["GET /files/content/{id}"], granted.SelectMany(NamesOf));

        endpoints.RemoveAll(endpoint => posts.Contains(endpoint) || granted.Contains(endpoint));
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<CallerRequired>()));
        Assert.Equal(s_routes.Keys.Order(), endpoints.SelectMany(NamesOf).Order());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_ForeignTenant_SeesAndChangesNothing(string route)
    {
        var before = await AcmeAsync();
        var (status, body) = await SendAsync(route, tenants.EvilAdmin);

        Assert.Equal(s_routes[route].Foreign, status);
        Assert.DoesNotContain("wird knapp", body);
        Assert.Equal(before, await AcmeAsync());
        if (route == "POST /agents/{agent}/sql/batch")
            Assert.Contains(ProblemCodes.AgentNotFound, body);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_NoKeyRevokedKeyOrAnotherKindOfCredential_Is401(string route)
    {
        Assert.Equal(401, (await SendAsync(route, null)).Status);
        Assert.Equal(401, (await SendAsync(route, tenants.Revoked)).Status);
        Assert.Equal(401, (await SendAsync(route, tenants.Token)).Status);
        Assert.Equal(401, (await SendAsync(route, "orp.guess")).Status);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_TooLittleRole_Is403AndEnoughIsNot(string route)
    {
        var least = s_routes[route].Role;
        foreach (var role in new[] { Role.Viewer, Role.Operator, Role.Admin })
        {
            var (status, body) = await SendAsync(route, tenants.Acme[role]);
            Assert.True((status == 403) == (role < least), $"{role}: {status} {body}");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_PlatformKey_ManagesTenantsOnly(string route)
    {
        var (status, _) = await SendAsync(route, tenants.PlatformKey);

        Assert.Equal(s_routes[route].Role != Role.Platform && !s_platformToo.Contains(route), status == 403);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_ForgedTenantHeader_Is403(string route)
    {
        var (status, body) = await SendAsync(route, tenants.EvilAdmin, request => request.Headers.Add("X-Tenant-ID", "acme"));

        Assert.Equal(403, status);
        Assert.Contains(ProblemCodes.TenantMismatch, body);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_KeyInTheAddress_Is400(string route)
    {
        var (status, _) = await SendAsync(route, null, request => request.RequestUri = new Uri($"{request.RequestUri}{(request.RequestUri!.ToString().Contains('?') ? "&" : "?")}api_key={tenants.Acme[Role.Admin]}", UriKind.Relative));

        Assert.Equal(400, status);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_DisabledTenant_Is403(string route)
    {
        var (status, body) = await SendAsync(route, tenants.Disabled);

        Assert.Equal(403, status);
        Assert.Contains(ProblemCodes.TenantDisabled, body);
    }

    private async Task<(int Status, string Body)> SendAsync(string route, string? key, Action<HttpRequestMessage>? change = null)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        var label = IsPrometheus(path) ? "agent" : "prod-1";
        foreach (var (name, value) in new[] { ("agent", "prod-1"), ("name", label), ("id", "r1"), ("tenant", "acme"), ("rule", "norule"), ("key", "nokey"), ("token", "notoken") })
            path = path.Replace($"{{{name}}}", value);
        using var client = tenants.Centre.Client(key);
        var isPrometheus = IsPrometheus(path);
        using var request = new HttpRequestMessage(
            new HttpMethod(method), isPrometheus ? new Uri(path + s_routes[route].Body, UriKind.Relative) : TestCentre.Path(path));
        if (s_routes[route].Body is { } body && !isPrometheus)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        change?.Invoke(request);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (isPrometheus && response.Content.Headers.ContentType?.MediaType == "application/json")
            Assert.Contains(response.IsSuccessStatusCode ? "\"status\":\"success\"" : "\"status\":\"error\"", text);
        else if (!response.IsSuccessStatusCode)
        {
            Assert.Equal(ProblemJson.ContentType, response.Content.Headers.ContentType?.MediaType);
            Assert.Equal((int)response.StatusCode, JsonSerializer.Deserialize<ProblemView>(text, TestCentre.Json)!.Status);
        }
        return ((int)response.StatusCode, text);
    }

    // As its own administrator would see it; the time of creation and all credentials are in it.
    private Task<string> AcmeAsync() => tenants.Centre.Platform.GetStringAsync(TestCentre.Path("/tenants/acme"));

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            .Select(method => $"{method} {PathOf(endpoint.RoutePattern.RawText!)}");

    private static string PathOf(string pattern) => IsPrometheus(pattern) ? pattern : pattern[RestApi.Prefix.Length..].TrimEnd('/');

    private static bool IsPrometheus(string path) => path.StartsWith(PrometheusApi.Prefix, StringComparison.Ordinal);
}
