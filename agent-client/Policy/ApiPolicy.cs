namespace Outrider.Agent.Policy;

/// <summary>The policy for HTTP calls, beside the hosts that may be called (<see cref="Hosts.HostsPolicy"/>).</summary>
/// <param name="Enabled">Whether there are any.</param>
/// <param name="Methods">The methods that may be used; null: GET and HEAD.</param>
/// <param name="Paths">Patterns of the paths that may be called, in which <c>*</c> stands for any characters; null: all.</param>
/// <param name="InsecureTls">Whether a task may ask that a server's certificate isn't checked.</param>
/// <param name="MaxBytes">Most bytes read of an answer.</param>
public sealed record ApiPolicy(
    bool Enabled = false, IReadOnlyList<string>? Methods = null, IReadOnlyList<string>? Paths = null, bool InsecureTls = false,
    long MaxBytes = ApiPolicy.DefaultBytes)
{
    public const long DefaultBytes = 16 * 1024 * 1024;

    private const long BytesAtMost = 1024 * 1024 * 1024;

    /// <summary>Methods there are for tasks: not those that make a tunnel or an echo.</summary>
    internal static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <inheritdoc cref="ApiPolicy"/>
    public IReadOnlyList<string> Methods { get; init; } = Methods ?? ["GET", "HEAD"];

    internal string? Fault() =>
        Methods.FirstOrDefault(method => !Known.Contains(method)) is { } unknown ? $"api.methods has '{unknown}'; known are {string.Join(", ", Known)}"
        : Paths?.FirstOrDefault(path => !path.StartsWith('/')) is { } relative ? $"api.paths has '{relative}', which doesn't begin with '/'"
        : MaxBytes is < 1 or > BytesAtMost ? $"api.max_bytes must be 1 to {BytesAtMost}"
        : null;
}
