using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
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
using Outrider.Testing.Documents;

namespace Outrider.Tests.Boundary.Rest;

/// <summary>
/// Every route of REST and of Prometheus' API against every wrong caller. The routes come from the running centre: one that has no row here fails.
/// Tenant <c>acme</c> owns an agent <c>prod-1</c> with a report <c>r1</c>; tenant <c>evil</c> tries to get at them.
/// </summary>
public sealed class RouteIsolationTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    /// <summary>
    /// Route → the permission it needs (null: any caller may), a body that the route takes (of Prometheus' API what follows the path), and what another tenant's admin gets who
    /// asks for acme's things.
    /// </summary>
    private static readonly Dictionary<string, (Permission? Permission, string? Body, int Foreign)> s_routes = new()
    {
        ["GET /install"] = (Permission.AgentsRead, null, 200),
        ["GET /fleet"] = (Permission.AgentsRead, null, 200),
        ["GET /fleet/sparklines"] = (Permission.MetricsRead, null, 400),
        ["GET /fleet/labels"] = (Permission.AgentsRead, null, 200),
        ["GET /agents"] = (Permission.AgentsRead, null, 200),
        ["GET /agents/{agent}"] = (Permission.AgentsRead, null, 404),
        ["DELETE /agents/{agent}"] = (Permission.AgentsManage, null, 404),
        ["GET /settings"] = (Permission.AgentSettingsRead, null, 200),
        ["PUT /settings"] = (Permission.AgentSettingsManage, """{"report_seconds":20}""", 200),
        ["GET /agents/{agent}/settings"] = (Permission.AgentSettingsRead, null, 404),
        ["PUT /agents/{agent}/settings"] = (Permission.AgentSettingsManage, """{"report_seconds":20}""", 404),
        ["POST /agents/{agent}/sql"] = (Permission.SqlRun, """{"sql":"SELECT 1"}""", 404),
        ["POST /agents/{agent}/sql/batch"] = (Permission.SqlRun, """{"statements":["SELECT 1"]}""", 200),
        ["POST /agents/{agent}/sql/check"] = (Permission.SqlRun, """{"sql":"SELECT 1"}""", 404),
        ["GET /experts"] = (Permission.DiagnosesRead, null, 200),
        ["POST /agents/{agent}/diagnoses"] = (Permission.DiagnosesRun, """{"expert":"storage"}""", 404),
        ["GET /agents/{agent}/diagnoses"] = (Permission.DiagnosesRead, null, 200),
        ["GET /agents/{agent}/diagnoses/{id}"] = (Permission.DiagnosesRead, null, 404),
        ["GET /agents/{agent}/diagnoses/{id}/bundle"] = (Permission.DiagnosesRead, null, 404),
        ["GET /agents/{agent}/metrics"] = (Permission.MetricsRead, null, 404),
        ["DELETE /agents/{agent}/metrics"] = (Permission.MetricsManage, null, 204),
        ["GET /agents/{agent}/metrics/latest"] = (Permission.MetricsRead, null, 404),
        ["GET /agents/{agent}/metrics/range"] = (Permission.MetricsRead, null, 404),
        ["GET /agents/{agent}/processes"] = (Permission.MetricsRead, null, 404),
        ["GET /metrics/compare"] = (Permission.MetricsRead, null, 400),
        ["GET /metrics/export"] = (Permission.MetricsRead, null, 200),
        ["GET /metrics/policy"] = (Permission.MetricsRead, null, 200),
        ["PUT /metrics/policy"] = (Permission.MetricsManage, """{"raw_hours":24}""", 200),
        ["GET /metrics/usage"] = (Permission.MetricsRead, null, 200),
        ["GET /servers"] = (Permission.AgentsRead, null, 200),
        ["GET /servers/{name}/stats"] = (Permission.MetricsRead, null, 404),
        ["GET /stats/compare"] = (Permission.MetricsRead, null, 200),
        ["GET /rules"] = (Permission.AlertsRead, null, 200),
        ["POST /rules"] = (Permission.RulesManage, """{"name":"x"}""", 400),
        ["POST /rules/validate"] = (Permission.AlertsRead, """{"name":"x","metric":"host_load1","threshold":1}""", 200),
        ["POST /rules/dry-run"] = (Permission.AlertsRead, """{"name":"x","metric":"host_load1","threshold":1}""", 200),
        ["POST /rules/import"] = (Permission.RulesManage, """{"groups":[]}""", 200),
        ["GET /rules/{rule}"] = (Permission.AlertsRead, null, 404),
        ["PUT /rules/{rule}"] = (Permission.RulesManage, """{"name":"x"}""", 400),
        ["DELETE /rules/{rule}"] = (Permission.RulesManage, null, 404),
        ["GET /rules/{rule}/evaluation"] = (Permission.AlertsRead, null, 404),
        ["GET /rules/{rule}/dry-run"] = (Permission.AlertsRead, null, 404),
        ["GET /alerts"] = (Permission.AlertsRead, null, 200),
        ["POST /alerts"] = (Permission.RulesManage, """{"name":"x"}""", 400),
        ["GET /alerts/history"] = (Permission.AlertsRead, null, 200),
        ["GET /alerts/{id}"] = (Permission.AlertsRead, null, 404),
        ["GET /alerts/{id}/notifications"] = (Permission.AlertsRead, null, 404),
        ["POST /alerts/{id}/acknowledge"] = (Permission.AlertsAcknowledge, """{"note":"mine"}""", 404),
        ["GET /agents/{agent}/alerts/evaluation"] = (Permission.AlertsRead, null, 404),
        ["GET /silences"] = (Permission.AlertsRead, null, 200),
        ["POST /silences"] = (Permission.SilencesManage, """{"duration":"1h"}""", 201),
        ["DELETE /silences/{id}"] = (Permission.SilencesManage, null, 404),
        ["GET /channels"] = (Permission.AlertsRead, null, 200),
        ["GET /channels/{name}"] = (Permission.AlertsRead, null, 404),
        ["PUT /channels/{name}"] = (Permission.ChannelsManage, "{}", 400),
        ["DELETE /channels/{name}"] = (Permission.ChannelsManage, null, 404),
        ["POST /channels/{name}/test"] = (Permission.ChannelsTest, null, 404),
        ["GET /channels/{name}/notifications"] = (Permission.AlertsRead, null, 404),
        ["GET /secrets"] = (Permission.SecretsManage, null, 200),
        ["PUT /secrets/{name}"] = (Permission.SecretsManage, """{"value":""}""", 400),
        ["DELETE /secrets/{name}"] = (Permission.SecretsManage, null, 404),
        ["GET /tasks"] = (Permission.TasksRead, null, 200),
        ["POST /tasks"] = (Permission.TasksRun, """{"agent_id":"prod-1","type":"shell","command":"true"}""", 404),
        ["POST /tasks/check"] = (Permission.TasksRun, """{"agent_id":"prod-1","type":"shell","command":"true"}""", 404),
        ["GET /tasks/{id}"] = (Permission.TasksRead, null, 404),
        ["DELETE /tasks/{id}"] = (Permission.TasksDelete, null, 404),
        ["POST /tasks/{id}/cancel"] = (Permission.TasksRun, null, 404),
        ["POST /tasks/{id}/approve"] = (Permission.TasksApprove, """{"note":"x"}""", 404),
        ["POST /tasks/{id}/reject"] = (Permission.TasksApprove, """{"note":"x"}""", 404),
        ["GET /tasks/{id}/logs"] = (Permission.TasksRead, null, 404),
        ["GET /tasks/{id}/logs/raw"] = (Permission.TasksRead, null, 404),
        ["GET /tasks/{id}/logs/stream"] = (Permission.TasksRead, null, 404),
        ["GET /task-settings"] = (Permission.TaskSettingsRead, null, 200),
        ["PUT /task-settings"] = (Permission.TaskSettingsManage, """{"approvals":[]}""", 200),
        ["GET /fanouts"] = (Permission.TasksRead, null, 200),
        ["POST /fanouts"] = (Permission.TasksRun, """{"agents":["prod-*"],"type":"shell","command":"true"}""", 422),
        ["GET /fanouts/{id}"] = (Permission.TasksRead, null, 404),
        ["POST /fanouts/{id}/cancel"] = (Permission.TasksRun, null, 404),
        ["POST /fanouts/{id}/approve"] = (Permission.TasksApprove, """{"note":"x"}""", 404),
        ["POST /fanouts/{id}/reject"] = (Permission.TasksApprove, """{"note":"x"}""", 404),
        ["GET /tenants"] = (Permission.TenantsManage, null, 403),
        ["POST /tenants"] = (Permission.TenantsManage, """{"id":"new"}""", 403),
        ["GET /tenants/{tenant}"] = (Permission.TenantCredentialsManage, null, 404),
        ["PATCH /tenants/{tenant}"] = (Permission.TenantsManage, """{"description":"x"}""", 404),
        ["POST /tenants/{tenant}/keys"] = (Permission.TenantCredentialsManage, """{"role":"admin"}""", 404),
        ["DELETE /tenants/{tenant}/keys/{key}"] = (Permission.TenantCredentialsManage, null, 404),
        ["POST /tenants/{tenant}/enrolment-tokens"] = (Permission.TenantCredentialsManage, """{"patterns":["*"]}""", 404),
        ["DELETE /tenants/{tenant}/enrolment-tokens/{token}"] = (Permission.TenantCredentialsManage, null, 404),
        ["GET /tenants/{tenant}/users"] = (Permission.UsersManage, null, 404),
        ["POST /tenants/{tenant}/users"] = (Permission.UsersManage, """{"name":"x","role":"viewer"}""", 404),
        ["GET /tenants/{tenant}/users/{name}"] = (Permission.UsersManage, null, 404),
        ["PATCH /tenants/{tenant}/users/{name}"] = (Permission.UsersManage, """{"enabled":true}""", 404),
        ["DELETE /tenants/{tenant}/users/{name}"] = (Permission.UsersManage, null, 404),
        ["POST /tenants/{tenant}/users/{name}/invitation"] = (Permission.UsersManage, null, 404),
        ["POST /tenants/{tenant}/users/{name}/sign-out"] = (Permission.UsersManage, null, 404),
        ["GET /platform/users"] = (Permission.PlatformUsersManage, null, 403),
        ["POST /platform/users"] = (Permission.PlatformUsersManage, """{"name":"x","role":"platform"}""", 403),
        ["GET /platform/users/{name}"] = (Permission.PlatformUsersManage, null, 403),
        ["PATCH /platform/users/{name}"] = (Permission.PlatformUsersManage, """{"enabled":true}""", 403),
        ["DELETE /platform/users/{name}"] = (Permission.PlatformUsersManage, null, 403),
        ["POST /platform/users/{name}/invitation"] = (Permission.PlatformUsersManage, null, 403),
        ["POST /platform/users/{name}/sign-out"] = (Permission.PlatformUsersManage, null, 403),
        ["GET /auth/session"] = (null, null, 200),
        ["POST /auth/logout"] = (null, null, 403),
        ["POST /auth/logout-everywhere"] = (null, null, 403),
        ["POST /auth/password"] = (null, """{"current":"x","password":"y"}""", 403),
        ["GET /auth/sessions"] = (null, null, 403),
        ["DELETE /auth/sessions/{id}"] = (null, null, 403),
        ["POST /files"] = (Permission.FilesManage, """{"x":1}""", 400),
        ["GET /files"] = (Permission.FilesRead, null, 200),
        ["GET /files/{id}"] = (Permission.FilesRead, null, 404),
        ["DELETE /files/{id}"] = (Permission.FilesManage, null, 404),
        ["GET /files/{id}/download"] = (Permission.FilesRead, null, 404),
        ["POST /files/{id}/link"] = (Permission.FilesManage, """{"expires_seconds":60}""", 404),
        ["GET /audit"] = (Permission.AuditRead, null, 200),
        ["GET /prometheus/api/v1/query"] = (Permission.MetricsRead, "?query=host_load1", 200),
        ["POST /prometheus/api/v1/query"] = (Permission.MetricsRead, "?query=host_load1", 200),
        ["GET /prometheus/api/v1/query_range"] = (Permission.MetricsRead, "?query=host_load1&start=1&end=2&step=1", 200),
        ["POST /prometheus/api/v1/query_range"] = (Permission.MetricsRead, "?query=host_load1&start=1&end=2&step=1", 200),
        ["GET /prometheus/api/v1/series"] = (Permission.MetricsRead, "?match[]=host_load1", 200),
        ["POST /prometheus/api/v1/series"] = (Permission.MetricsRead, "?match[]=host_load1", 200),
        ["GET /prometheus/api/v1/labels"] = (Permission.MetricsRead, "", 200),
        ["POST /prometheus/api/v1/labels"] = (Permission.MetricsRead, "", 200),
        ["GET /prometheus/api/v1/label/{name}/values"] = (Permission.MetricsRead, "", 200),
        ["GET /prometheus/api/v1/metadata"] = (Permission.MetricsRead, "", 200),
        ["GET /prometheus/api/v1/status/buildinfo"] = (null, "", 200),
    };

    /// <summary>Routes for users who have signed in, whatever their role; keys have no sessions.</summary>
    private static readonly string[] s_ofUsers =
        ["POST /auth/logout", "POST /auth/logout-everywhere", "POST /auth/password", "GET /auth/sessions", "DELETE /auth/sessions/{id}"];

    public static TheoryData<string> Routes => [.. s_routes.Keys];

    private IEnumerable<RouteEndpoint> Endpoints =>
        ((IEndpointRouteBuilder)tenants.Centre.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(RestApi.Prefix, StringComparison.Ordinal)
                || IsPrometheus(endpoint.RoutePattern.RawText));

    [Fact]
    public void EveryRoute_OfTheRunningCentre_HasARowAndIsBehindAuthentication()
    {
        var endpoints = Endpoints.ToList();
        var posts = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<AgentRequired>() is not null).ToList();
        Assert.Equal(["POST /heartbeat", "POST /register", "POST /report"], posts.SelectMany(NamesOf).Order());

        var granted = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<GrantRequired>() is not null).ToList();
        Assert.Equal(["GET /files/content/{id}"], granted.SelectMany(NamesOf));

        var open = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<AnybodyAllowed>() is not null).ToList();
        Assert.Equal(
            ["GET /auth/oauth/{provider}", "GET /auth/oauth/{provider}/callback", "GET /auth/options", "POST /auth/login", "POST /auth/welcome"],
            open.SelectMany(NamesOf).Order());

        endpoints.RemoveAll(endpoint => posts.Contains(endpoint) || granted.Contains(endpoint) || open.Contains(endpoint));
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<CallerRequired>()));
        Assert.Equal(s_routes.Keys.Order(), endpoints.SelectMany(NamesOf).Order());
    }

    [Fact]
    public void Documentation_EachRoute_HasItsPermission() => Assert.Equal(
        s_routes.Select(route => (WholeName(route.Key), route.Value.Permission)).Order(),
        RightsPage.Permissions("Routes").Select(row => (row.Key, row.Value)).Order());

    [Fact]
    public void Summary_OfEachRoute_EndsWithTheRolesThatMay() => Assert.All(
        Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<CallerRequired>() is not null && !IsPrometheus(endpoint.RoutePattern.RawText!)),
        endpoint => Assert.EndsWith($" {Who(NamesOf(endpoint).Single())}.", endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary));

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
        foreach (var role in new[] { Role.Viewer, Role.Operator, Role.Admin })
        {
            var (status, body) = await SendAsync(route, tenants.Acme[role]);
            Assert.True((status != 403) == RolesOf(route).Contains(role), $"{role}: {status} {body}");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_PlatformKey_ManagesTenantsOnly(string route)
    {
        var (status, _) = await SendAsync(route, tenants.PlatformKey);

        Assert.Equal(RolesOf(route).Contains(Role.Platform), status != 403);
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

    /// <summary>The roles whose keys may.</summary>
    private static Role[] RolesOf(string route) => s_ofUsers.Contains(route) ? []
        : s_routes[route].Permission is { } permission ? Permissions.Roles[permission] : Enum.GetValues<Role>();

    /// <summary>The least role of a tenant that may, and whether the platform may too, as summaries say it.</summary>
    private static string Who(string route) => RolesOf(route) switch
    {
        [Role.Platform] => "Platform",
        [Role.Viewer, .., Role.Platform] => "Anybody",
        [var least, .., Role.Platform] => $"{least} or platform",
        [var least, ..] => $"{least}",
        [] when s_ofUsers.Contains(route) => "A user's session",
        [] => throw new InvalidOperationException($"Nobody may {route}."),
    };

    private static string WholeName(string route) => route.Contains(PrometheusApi.Prefix, StringComparison.Ordinal) ? route : route.Replace(" /", $" {RestApi.Prefix}/");

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            .Select(method => $"{method} {PathOf(endpoint.RoutePattern.RawText!)}");

    private static string PathOf(string pattern) => IsPrometheus(pattern) ? pattern : pattern[RestApi.Prefix.Length..].TrimEnd('/');

    private static bool IsPrometheus(string path) => path.StartsWith(PrometheusApi.Prefix, StringComparison.Ordinal);
}
