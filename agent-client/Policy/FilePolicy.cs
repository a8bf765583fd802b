using Outrider.Agent.Policy.Paths;

namespace Outrider.Agent.Policy;

/// <summary>The policy for tasks of type <c>file</c> (docs/policy.md).</summary>
/// <param name="Enabled">True: the executor exists.</param>
/// <param name="Write">Folders below which files may be written.</param>
/// <param name="Read">Folders below which files may be sent to the centre.</param>
/// <param name="MaxBytes">Largest file, and most that an archive may hold.</param>
/// <param name="Owners">What a task may give as <c>owner</c>, to the letter: <c>user</c> or <c>user:group</c>.</param>
public sealed record FilePolicy(
    bool Enabled = false,
    IReadOnlyList<string>? Write = null,
    IReadOnlyList<string>? Read = null,
    long MaxBytes = FilePolicy.MostBytes,
    IReadOnlyList<string>? Owners = null)
{
    private const long MostBytes = 5L * 1024 * 1024 * 1024;

    internal string? Fault() =>
        (Write ?? []).FirstOrDefault(folder => !PathText.IsPlain(folder)) is { } write ? $"file.write has '{write}', which is no absolute path"
        : (Read ?? []).FirstOrDefault(folder => !PathText.IsPlain(folder)) is { } read ? $"file.read has '{read}', which is no absolute path"
        : MaxBytes is < 1 or > MostBytes ? $"file.max_bytes must be 1 to {MostBytes}"
        : null;
}
