using Outrider.Agent.Configuration;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Secrets;

/// <summary>
/// The secrets of this machine that tasks may have: <c>secrets.env</c> in the agent's folder, lines <c>NAME=value</c>, read anew for each task
/// that names one. Which types of task may have which is the policy's section <c>secrets</c>: whoever sends tasks could else have any of
/// them shown.
/// </summary>
/// <param name="folder">The agent's folder.</param>
/// <param name="allowed">For each name the types of task that may have it.</param>
public sealed class AgentSecrets(string folder, IReadOnlyDictionary<string, IReadOnlyList<string>>? allowed)
{
    public const string FileName = "secrets.env";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// The task with its references <c>${secret:NAME}</c> filled in. <c>policy_refused</c>; <c>invalid_argument</c>: there is no such secret, and
    /// where to put it.
    /// </summary>
    public Outcome<FilledTask> Fill(TaskCreate task)
    {
        if (task.Params is not { } given)
            return new FilledTask(task, []);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        JsonStrings.Map(given, (_, text) => SecretReferences.Replace(text, Note));
        if (names.Count == 0)
            return new FilledTask(task, []);
        if (names.FirstOrDefault(name => !MayHave(name, task.Type)) is { } refused)
        {
            return PolicyRefusal.Because("secrets",
                $"This agent's policy lets no task of type '{task.Type}' have the secret '{refused}'. "
                + $"Add \"{refused}\": [\"{task.Type}\"] to the section secrets of its policy.json.");
        }
        var read = Read();
        if (!read.Ok)
            return read.Problem;
        if (names.FirstOrDefault(name => !read.Value.ContainsKey(name)) is { } missing)
            return new Problem(ProblemCodes.InvalidArgument, $"This agent has no secret '{missing}'. Put a line {missing}=value into {FileName} in its folder.");
        var filled = JsonStrings.Map(given, (_, text) => SecretReferences.Replace(text, name => read.Value[name]));
        return new FilledTask(task with { Params = filled }, [.. names.Select(name => read.Value[name])]);

        string Note(string name)
        {
            names.Add(name);
            return "";
        }
    }

    /// <summary>A secret for the agent's own files, such as connections.json, which the policy isn't asked about; null: there is none.</summary>
    public string? Get(string name) => Read().Value?.GetValueOrDefault(name);

    private bool MayHave(string name, string type) => allowed?.GetValueOrDefault(name)?.Contains(type) == true;

    private Outcome<Dictionary<string, string>> Read()
    {
        var path = Path.Combine(folder, FileName);
        // Somebody made it readable to others by mistake: from here on it isn't.
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            File.SetUnixFileMode(path, OwnerOnly);
        return EnvironmentFile.Load(path);
    }
}
