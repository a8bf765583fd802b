using System.CommandLine;
using System.Text.Json;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Tenancy;

namespace Outrider.Silo.Hosting.Commands;

/// <summary><c>outrider tenant …</c></summary>
internal static class TenantCommands
{
    private static readonly string[] s_columns =
        ["id", "name", "enabled", "usage.agents", "quotas.agents:of", "usage.queries", "quotas.queries_per_month:of", "created_at"];

    public static Command Create() => new("tenant", "Manages tenants, with the platform key.")
    {
        CreateTenant(), List(), Show(), Switch("enable", "Lets a tenant in again.", on: true),
        Switch("disable", "Shuts a tenant out: its keys and agents are refused until it is enabled.", on: false),
    };

    private static Command CreateTenant()
    {
        var id = new Argument<string>("id") { Description = "1 to 63 letters, digits, '-' or '_'." };
        var name = new Option<string?>("--name") { Description = "Name for people; the id if left out." };
        var description = new Option<string?>("--description") { Description = "What it is." };
        var queries = new Option<long?>("--queries-per-month") { Description = "Quota of SQL statements a month; none if left out." };
        var agents = new Option<int?>("--agents") { Description = "Quota of agents; none if left out." };
        var command = new Command("create", "Creates a tenant.") { id, name, description, queries, agents };
        CommandRun.Handle(command, async run =>
        {
            var quotas = new TenantQuotas { QueriesPerMonth = run.Value(queries), Agents = run.Value(agents) };
            var request = new TenantCreateRequest(run.Value(id), run.Value(name), run.Value(description) ?? "", Quotas: quotas);
            run.Print(await run.AsPlatformAsync(HttpMethod.Post, "/tenants", request), Table);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the tenants.");
        CommandRun.Handle(command, async run =>
        {
            var tenants = await Pages.ReadAsync("/tenants", "tenants", path => run.AsPlatformAsync(HttpMethod.Get, path));
            run.Print(tenants, json => TextTable.Of(json.GetProperty("tenants").EnumerateArray(), s_columns));
        });
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<string>("id");
        var command = new Command("show", "Shows a tenant with its keys and enrolment tokens.") { id };
        CommandRun.Handle(command, async run =>
            run.Print(await run.AsPlatformAsync(HttpMethod.Get, $"/tenants/{Uri.EscapeDataString(run.Value(id))}"), Whole));
        return command;
    }

    private static Command Switch(string name, string description, bool on)
    {
        var id = new Argument<string>("id");
        var command = new Command(name, description) { id };
        CommandRun.Handle(command, async run => run.Print(
            await run.AsPlatformAsync(HttpMethod.Patch, $"/tenants/{Uri.EscapeDataString(run.Value(id))}", new TenantUpdate { Enabled = on }), Table));
        return command;
    }

    private static string Table(JsonElement tenant) => TextTable.Of([tenant], s_columns);

    private static string Whole(JsonElement tenant) => string.Join("\n\n",
        Table(tenant),
        "API keys\n" + TextTable.Of(tenant.GetProperty("keys").EnumerateArray(), "id", "name", "role", "created_at", "expires_at", "revoked_at"),
        "Enrolment tokens\n" + TextTable.Of(
            tenant.GetProperty("enrolment_tokens").EnumerateArray(), "id", "patterns", "uses", "max_uses", "created_at", "expires_at", "revoked_at"));
}
