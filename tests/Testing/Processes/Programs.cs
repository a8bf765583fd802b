namespace Outrider.Testing.Processes;

/// <summary>Where the project's own programs are, as the build left them.</summary>
public static class Programs
{
    /// <summary>The project's folder: the one with Cluster.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Centre => Built("Outrider.Silo.Standalone", "outrider");

    /// <summary>Built by <c>./test --cluster</c> only.</summary>
    public static string Silo => Built("Outrider.Silo.Orleans", "outrider-silo");

    /// <summary>Built by <c>./test --cluster</c> only.</summary>
    public static string ClusterAgent => Built("Outrider.Agent.Cluster", "outrider-agent-cluster");

    public static string DemoStarRocks => Built("Outrider.Samples.DemoStarRocks", "demo-starrocks");

    public static string LinkBench => Built("Outrider.Bench.Link", "bench-link");

    /// <summary>The folder of the built web page; it may not be there.</summary>
    public static string Dashboard { get; } = Path.Combine(Root, "artifacts", "dashboard");

    /// <summary>The agent as it is shipped, if it was published; else as it was built.</summary>
    public static string Agent
    {
        get
        {
            var published = Path.Combine(Root, "artifacts", "publish", "Outrider.Agent", "release", "outrider-agent");
            return File.Exists(published) ? published : Built("Outrider.Agent", "outrider-agent");
        }
    }

    private static string Built(string project, string program)
    {
        var candidates = new[] { "release", "debug" }.Select(configuration => Path.Combine(Root, "artifacts", "bin", project, configuration, program));
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{program} isn't built. Run ./test, or: dotnet build Standalone.slnf -c Release");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("Cluster.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
