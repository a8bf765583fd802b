using System.Globalization;

namespace Outrider.Samples.DemoStarRocks;

/// <summary>The command line.</summary>
public sealed record DemoOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        demo-starrocks --scenario NAME [--port 9030] [--scenarios DIR] [--user root] [--password X]
          Answers on 127.0.0.1 over the MySQL protocol as a StarRocks front end would. --port 0 takes a free port.
          NAME is a file of the scenarios folder without its .json; the default folder is samples/scenarios, looked for
          here and in the folders above.
        """;

    /// <summary>Name of the scenario.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 9030;

    /// <summary>Folder of the scenario files.</summary>
    public string? Scenarios { get; init; }

    /// <summary>The one user.</summary>
    public string User { get; init; } = "root";

    /// <summary>The user's password.</summary>
    public string Password { get; init; } = "";

    /// <summary>Reads the command line; null when it is wrong.</summary>
    public static DemoOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new DemoOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count || options.With(arguments[i], arguments[i + 1]) is not { } next)
                return null;
            options = next;
        }
        return options.Scenario.Length > 0 ? options : null;
    }

    private DemoOptions? With(string name, string value) => name switch
    {
        "--scenario" when Path.GetFileName(value) == value => this with { Scenario = value },
        "--port" when ushort.TryParse(value, CultureInfo.InvariantCulture, out var port) => this with { Port = port },
        "--scenarios" => this with { Scenarios = value },
        "--user" => this with { User = value },
        "--password" => this with { Password = value },
        _ => null,
    };
}
