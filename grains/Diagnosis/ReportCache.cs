using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis;

/// <summary>The latest answers of one expert about one agent, by arguments. Reports are bounded, so a few of them are.</summary>
internal sealed class ReportCache(TimeProvider time)
{
    public const int MaxEntries = 8;

    /// <summary>How long an answer is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>The same for one that lacks evidence which may well be there next time: long enough for callers who wait in line.</summary>
    public static readonly TimeSpan PartialLifetime = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Entry> _entries = [];

    public Outcome<DiagnosisReport>? Find(string key) =>
        _entries.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.Since) < entry.Lifetime ? entry.Answer : null;

    public void Add(string key, Outcome<DiagnosisReport> answer, bool whole)
    {
        if (!_entries.ContainsKey(key) && _entries.Count >= MaxEntries)
            _entries.Remove(_entries.MinBy(entry => entry.Value.Since).Key);
        _entries[key] = new Entry(answer, time.GetTimestamp(), whole ? Lifetime : PartialLifetime);
    }

    private readonly record struct Entry(Outcome<DiagnosisReport> Answer, long Since, TimeSpan Lifetime);
}
