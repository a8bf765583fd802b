using System.Globalization;

namespace Outrider.Agent.Logging;

/// <summary>One line per event: time (UTC), level, message. Never given a secret.</summary>
public sealed class AgentLog(TextWriter writer, TimeProvider time)
{
    private readonly Lock _lock = new();

    public void Info(string message) => Write("info", message);

    public void Warn(string message) => Write("warn", message);

    public void Error(string message) => Write("error", message);

    private void Write(string level, string message)
    {
        var at = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        // What a peer or a database said must not forge a line of its own.
        var line = message.ReplaceLineEndings(" ");
        lock (_lock)
            writer.WriteLine($"{at} {level,-5} {line}");
    }
}
