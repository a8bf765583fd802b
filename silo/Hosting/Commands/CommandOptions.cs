using System.CommandLine;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>Options that several commands share.</summary>
public static class CommandOptions
{
    public static Option<string?> Url { get; } = new("--url")
    {
        Description = "Address of the centre (OUTRIDER_URL, OUTRIDER_PORT; http://127.0.0.1:8080).", HelpName = "url", Recursive = true,
    };

    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "Configuration file, instead of the one in the working folder.", HelpName = "file", Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print what the centre answered, as JSON.", Recursive = true };

    public static Option<string> Tenant { get; } = new("--tenant") { Description = "The tenant's id.", HelpName = "id", Required = true };

    public static Option<string?> Expires { get; } = new("--expires")
    {
        Description = "When it stops: in 90d, 12h or 30m, or at a time such as 2027-01-31T00:00:00Z. Never if left out.", HelpName = "time",
    };
}
