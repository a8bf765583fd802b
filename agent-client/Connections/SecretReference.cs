namespace Outrider.Agent.Connections;

/// <summary><c>${secret:NAME}</c>: stands for a value of the agent's secrets.env.</summary>
internal static class SecretReference
{
    private const string Opening = "${secret:";

    /// <summary>The name, when the text is a reference and nothing else; else null.</summary>
    public static string? NameOf(string? text) =>
        text is not null && text.StartsWith(Opening, StringComparison.Ordinal) && text.EndsWith('}') && text.Length > Opening.Length + 1
            && text.AsSpan(Opening.Length..^1).IndexOfAnyExcept(s_name) < 0
            ? text[Opening.Length..^1] : null;

    private static readonly System.Buffers.SearchValues<char> s_name =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
