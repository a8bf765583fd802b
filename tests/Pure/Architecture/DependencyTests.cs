using System.Text.RegularExpressions;
using System.Xml.Linq;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Pure.Architecture;

/// <summary>Holds the arrows of the house: who may know whom. A new project has to be entered here first.</summary>
public sealed partial class DependencyTests
{
    /// <summary>Project folder → the projects it may reference, and the packages.</summary>
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> s_allowed = new()
    {
        ["protocol"] = ([], []),
        ["mysql"] = ([], []),
        ["grains"] = (["protocol"], []),
        ["storage"] = (["grains"], ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.provider.e_sqlite3"]),
        ["api"] = (["grains", "protocol"], ["ModelContextProtocol.Core", "Microsoft.AspNetCore.OpenApi", "YamlDotNet"]),
        ["notifiers"] = (["grains"], ["MailKit"]),
        ["silo/Embedded"] = (["grains", "storage"], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["silo/Hosting"] = (["api", "notifiers", "storage"], ["System.CommandLine"]),
        ["silo/Standalone"] = (["api", "storage", "silo/Embedded", "silo/Hosting"], ["System.CommandLine"]),
        ["silo/OrleansClient"] = (["grains"],
            ["Microsoft.Orleans.Client", "Microsoft.Orleans.Connections.Security", "Microsoft.Orleans.Serialization.SystemTextJson"]),
        ["silo/Orleans"] = (["api", "storage", "silo/Hosting", "silo/OrleansClient"],
        [
            "Microsoft.Orleans.Clustering.AdoNet", "Microsoft.Orleans.Dashboard",
            "Microsoft.Orleans.Persistence.AdoNet", "Microsoft.Orleans.Reminders", "Microsoft.Orleans.Reminders.AdoNet",
            "Microsoft.Orleans.Server", "MySqlConnector", "Npgsql", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol",
            "System.CommandLine",
        ]),
        // Kubernetes' own client would do more than YAML, but makes the published agent 16 MB larger.
        ["agent-client"] = (["protocol", "mysql"], ["Npgsql", "YamlDotNet"]),
        ["agent-cluster"] = (["agent-client", "silo/OrleansClient"], ["Microsoft.Orleans.Clustering.AdoNet", "MySqlConnector", "Npgsql"]),
        ["samples/DemoStarRocks"] = (["mysql"], []),
    };

    /// <summary>Folders whose code is a function of its arguments: no clock, no chance, no I/O.</summary>
    private static readonly string[] s_pure = [
        "protocol", "grains/Diagnosis/Experts", "grains/Diagnosis/Storage", "grains/Metrics/PromQl", "grains/Metrics/Queries",
        "grains/Files", "grains/Fleet", "grains/Alerts/Evaluation", "grains/Alerts/Rules", "grains/Tasks/Lifecycle", "grains/Tasks/Log",
        "grains/People/Rules", "grains/Notifications/Messages",
        "mysql/Payloads", "mysql/Protocol", "storage/Metrics/Chunks", "api/Posts/Reports", "agent-client/Collectors/Proc",
        "agent-client/Policy/Commands", "agent-client/Statements",
    ];

    [Fact]
    public void Projects_EachOne_ReferencesOnlyWhatItMay()
    {
        var faults = new List<string>();
        foreach (var file in ProjectFiles())
        {
            var folder = Path.GetDirectoryName(file)!;
            if (!s_allowed.TryGetValue(folder, out var allowed))
            {
                faults.Add($"{folder} is not in the list of this test");
                continue;
            }
            var project = XDocument.Load(Path.Combine(Programs.Root, file));
            var projects = Includes(project, "ProjectReference")
                .Select(include => Path.GetRelativePath(Programs.Root, Path.GetFullPath(Path.Combine(Programs.Root, folder, include, ".."))));
            faults.AddRange(projects.Except(allowed.Projects).Select(other => $"{folder} references {other}"));
            faults.AddRange(Includes(project, "PackageReference").Except(allowed.Packages).Select(other => $"{folder} uses package {other}"));
        }
        Assert.Empty(faults);
    }

    [Fact]
    public void PureParts_Sources_NameNoClockChanceOrInput()
    {
        var faults =
            from folder in s_pure
            from file in Directory.EnumerateFiles(Path.Combine(Programs.Root, folder), "*.cs", SearchOption.AllDirectories)
            from match in Impure().Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Programs.Root, file)}: {match.Value}";
        Assert.Empty(faults);
    }

    [Fact]
    public void Grains_Sources_NameNoActorLibraryWebOrStore()
    {
        var faults =
            from file in Directory.EnumerateFiles(Path.Combine(Programs.Root, "grains"), "*.cs", SearchOption.AllDirectories)
            from match in Foreign().Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Programs.Root, file)}: {match.Value}";
        Assert.Empty(faults);
    }

    /// <summary>Inside a grain there is one turn at a time; these would step outside it or stop the thread it runs on.</summary>
    [Fact]
    public void Grains_Sources_NeitherLockNorBlockNorLeaveTheTurn()
    {
        var faults =
            from file in Directory.EnumerateFiles(Path.Combine(Programs.Root, "grains"), "*.cs", SearchOption.AllDirectories)
            from match in OutOfTurn().Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Programs.Root, file)}: {match.Value}";
        Assert.Empty(faults);
    }

    private static IEnumerable<string> ProjectFiles() =>
        Directory.EnumerateFiles(Programs.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Programs.Root, file))
            .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("bench/", StringComparison.Ordinal)
                && !file.Contains("node_modules", StringComparison.Ordinal) && !file.StartsWith("artifacts/", StringComparison.Ordinal));

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);

    [GeneratedRegex(@"\bTimeProvider\b|\bDateTime(Offset)?\.(Utc)?Now\b|\bStopwatch\b|\bRandom\b(?!NumberGenerator)|\bRandomNumberGenerator\b|\bGuid\.(NewGuid|CreateVersion7)\b|\bFile\.|\bDirectory\.|\bSocket\b|\bHttpClient\b|\bConsole\.")]
    private static partial Regex Impure();

    [GeneratedRegex(@"using (Orleans|Microsoft\.AspNetCore|Microsoft\.Data|System\.Net\.Http|System\.Net\.Sockets)\b[^;]*;")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\bTask\.Run\(|\.ConfigureAwait\(|\.GetAwaiter\(\)\.GetResult\(|\block \(|\bThread\.Sleep\b|\bSemaphoreSlim\b|\.Wait\(\)")]
    private static partial Regex OutOfTurn();
}
