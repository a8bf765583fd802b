using System.CommandLine;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Tenancy;

namespace Outrider.Silo.Hosting.Commands;

/// <summary><c>outrider key …</c></summary>
internal static class KeyCommands
{
    public static Command Create() => new("key", "Manages API keys of a tenant, with the platform key.") { CreateKey(), List(), Revoke() };

    private static Command CreateKey()
    {
        var role = new Option<Role>("--role") { Description = "viewer, operator or admin.", Required = true };
        var name = new Option<string>("--name") { Description = "What it is for. Two live keys may share a name.", DefaultValueFactory = _ => "default" };
        var command = new Command("create", "Issues an API key and prints it, this once.") { CommandOptions.Tenant, role, name, CommandOptions.Expires };
        CommandRun.Handle(command, async run =>
        {
            var expires = Expiry.Parse(run.Value(CommandOptions.Expires), TimeProvider.System.GetUtcNow());
            var request = new KeyRequest(run.Value(role), run.Value(name)!, expires);
            var issued = await run.AsPlatformAsync(HttpMethod.Post, $"{Path(run)}/keys", request);
            run.Print(issued, json => json.GetProperty("secret").GetString()!);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the keys of a tenant, without their secrets.") { CommandOptions.Tenant };
        CommandRun.Handle(command, async run => run.Print(
            await run.AsPlatformAsync(HttpMethod.Get, Path(run)),
            json => TextTable.Of(json.GetProperty("keys").EnumerateArray(), "id", "name", "role", "created_at", "expires_at", "revoked_at")));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The key's id (not the key)." };
        var command = new Command("revoke", "Revokes an API key, at once.") { CommandOptions.Tenant, id };
        CommandRun.Handle(command, run => run.AsPlatformAsync(HttpMethod.Delete, $"{Path(run)}/keys/{Uri.EscapeDataString(run.Value(id))}"));
        return command;
    }

    private static string Path(CommandRun run) => $"/tenants/{Uri.EscapeDataString(run.Value(CommandOptions.Tenant)!)}";
}
