using System.CommandLine;
using System.Text.Json;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.People;
using Outrider.Grains.Tenancy;

namespace Outrider.Silo.Hosting.Commands;

/// <summary><c>outrider user …</c></summary>
internal static class UserCommands
{
    private static readonly Option<string?> s_tenant = new("--tenant")
    {
        Description = "The tenant's id; without it, users of the platform.", HelpName = "id", Recursive = true,
    };

    public static Command Create() => new("user", "Manages users of a tenant or of the platform, with the platform key.")
    {
        s_tenant, CreateUser(), List(), Invite(),
        Enable("disable", "Disables a user: their sessions end at once, and they can't sign in.", enabled: false),
        Enable("enable", "Enables a disabled user.", enabled: true),
        Do("delete", "Removes a user; their sessions end at once.", HttpMethod.Delete, ""),
        Do("sign-out", "Ends all sessions of a user, at once.", HttpMethod.Post, "/sign-out"),
    };

    private static Command CreateUser()
    {
        var name = Name();
        var role = new Option<Role?>("--role") { Description = "viewer, operator or admin; a platform user has platform." };
        var display = new Option<string?>("--display-name") { Description = "For people; the name if left out." };
        var identity = new Option<string?>("--identity") { Description = "What sign-in providers call them, such as an e-mail address." };
        var command = new Command("create", "Makes a user and prints a one-time link by which they choose a password.") { name, role, display, identity };
        CommandRun.Handle(command, async run =>
        {
            var given = run.Value(role) ?? (run.Value(s_tenant) is null ? Role.Platform : Role.Viewer);
            var request = new UserRequest(run.Value(name), given, run.Value(display), run.Value(identity));
            var created = await run.AsPlatformAsync(HttpMethod.Post, Path(run), request);
            run.Print(created, json => Link(json.GetProperty("invitation")));
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the users.");
        CommandRun.Handle(command, async run => run.Print(
            await Pages.ReadAsync(Path(run), "items", path => run.AsPlatformAsync(HttpMethod.Get, path)),
            json => TextTable.Of(
                json.GetProperty("items").EnumerateArray(),
                "name", "display_name", "role", "enabled", "invited", "identity", "sessions", "last_sign_in_at", "locked_until")));
        return command;
    }

    private static Command Invite()
    {
        var name = Name();
        var command = new Command("invite", "Prints a one-time link by which a user chooses another password; their sessions end.") { name };
        CommandRun.Handle(command, async run =>
            run.Print(await run.AsPlatformAsync(HttpMethod.Post, $"{Path(run, name)}/invitation"), Link));
        return command;
    }

    private static Command Enable(string verb, string description, bool enabled)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        CommandRun.Handle(command, run => run.AsPlatformAsync(HttpMethod.Patch, Path(run, name), new UserUpdate { Enabled = enabled }));
        return command;
    }

    private static Command Do(string verb, string description, HttpMethod method, string path)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        CommandRun.Handle(command, run => run.AsPlatformAsync(method, Path(run, name) + path));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The user's name." };

    private static string Link(JsonElement invitation) => invitation.GetProperty("url").GetString()!;

    private static string Path(CommandRun run) =>
        run.Value(s_tenant) is { } tenant ? $"/tenants/{Uri.EscapeDataString(tenant)}/users" : "/platform/users";

    private static string Path(CommandRun run, Argument<string> name) => $"{Path(run)}/{Uri.EscapeDataString(run.Value(name))}";
}
