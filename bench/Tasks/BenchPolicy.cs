namespace Outrider.Bench.Tasks;

/// <summary>Lets an agent run what is measured, and nothing else.</summary>
internal static class BenchPolicy
{
    /// <summary>Writes <c>policy.json</c>.</summary>
    /// <param name="folder">The agent's.</param>
    /// <param name="readable">Below which <c>cat</c> may read.</param>
    public static void Write(string folder, string readable = "/nowhere") => File.WriteAllText(Path.Combine(folder, "policy.json"), $$"""
        {
          "metrics": {"enabled": false},
          "shell": {
            "enabled": true, "users": ["{{Environment.UserName}}"],
            "allow": [{"program": "true"}, {"program": "sleep", "args": ["1"]}, {"program": "cat", "args": ["*"], "paths": ["{{readable}}"]}]
          }
        }
        """);
}
