using System.Text;
using Outrider.Protocol.SqlGuard;

namespace Outrider.Agent.Commands;

/// <summary><c>outrider-agent sql check</c>: one JSON string per line in, one verdict per line out (docs/sql-guard.md).</summary>
internal static class SqlCheckCommand
{
    public static async Task<int> RunAsync(Stream input, Stream output)
    {
        using var reader = new StreamReader(input, new UTF8Encoding(false));
        await using var writer = new StreamWriter(output, new UTF8Encoding(false));
        while (await reader.ReadLineAsync() is { } line)
        {
            await writer.WriteLineAsync(SqlCheckLine.Answer(line));
            // Whoever feeds us line by line waits for each answer.
            await writer.FlushAsync();
        }
        return 0;
    }
}
