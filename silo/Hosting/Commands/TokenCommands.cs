using System.CommandLine;
using Outrider.Api.Rest.Requests;

namespace Outrider.Silo.Hosting.Commands;

/// <summary><c>outrider token …</c></summary>
internal static class TokenCommands
{
    public static Command Create() =>
        new("token", "Manages enrolment tokens of a tenant, with the platform key.") { CreateToken(), List(), Revoke() };

    private static Command CreateToken()
    {
        var pattern = new Option<string[]>("--pattern") { Description = "Agent names it is good for, such as 'prod-*'. May be given again.", Required = true };
        var maxUses = new Option<int?>("--max-uses") { Description = "How many agents it lets in; any number if left out." };
        var command = new Command("create", "Issues an enrolment token and prints it, this once.")
        {
            CommandOptions.Tenant, pattern, maxUses, CommandOptions.Expires,
        };
        CommandRun.Handle(command, async run =>
        {
            var expires = Expiry.Parse(run.Value(CommandOptions.Expires), TimeProvider.System.GetUtcNow());
            var request = new TokenRequest([.. run.Value(pattern)!], run.Value(maxUses), expires);
            var issued = await run.AsPlatformAsync(HttpMethod.Post, $"{Path(run)}/enrolment-tokens", request);
            run.Print(issued, json => json.GetProperty("secret").GetString()!);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the enrolment tokens of a tenant, without their secrets.") { CommandOptions.Tenant };
        CommandRun.Handle(command, async run => run.Print(
            await run.AsPlatformAsync(HttpMethod.Get, Path(run)),
            json => TextTable.Of(
                json.GetProperty("enrolment_tokens").EnumerateArray(),
                "id", "patterns", "uses", "max_uses", "created_at", "expires_at", "revoked_at")));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The token's id (not the token)." };
        var command = new Command("revoke", "Revokes an enrolment token; agents that it let in stay.") { CommandOptions.Tenant, id };
        CommandRun.Handle(command, run =>
            run.AsPlatformAsync(HttpMethod.Delete, $"{Path(run)}/enrolment-tokens/{Uri.EscapeDataString(run.Value(id))}"));
        return command;
    }

    private static string Path(CommandRun run) => $"/tenants/{Uri.EscapeDataString(run.Value(CommandOptions.Tenant)!)}";
}
