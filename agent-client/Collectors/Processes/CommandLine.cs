using System.Text;
using Outrider.Agent.Secrets;

namespace Outrider.Agent.Collectors.Processes;

/// <summary>
/// A command line as it may be shown: arguments apart by blanks, and the secrets among them masked.
/// </summary>
internal static class CommandLine
{
    /// <summary>Reads <c>/proc/PID/cmdline</c>, whose arguments end in a zero byte. Null: it has none, as a kernel thread.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="maxBytes">Longest text.</param>
    public static string? Read(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        bytes = bytes.TrimEnd((byte)0);
        if (bytes.IsEmpty)
            return null;
        var text = new StringBuilder();
        var secrets = new CommandSecrets();
        foreach (var range in bytes.Split((byte)0))
        {
            if (text.Length > maxBytes)
                break;
            // A mask needs to see the end of what it hides, or nothing of it.
            var argument = Utf8Text.Clip(bytes[range], 4 * maxBytes);
            if (text.Length > 0)
                text.Append(' ');
            text.Append(secrets.Next(argument));
        }
        return Utf8Text.Clip(text.ToString(), maxBytes);
    }
}
