using System.Text;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Scraping;

/// <summary>
/// Turns the text of an endpoint into readings, as it comes: no more of it is held than a line. Labels that the agent or the centre sets
/// itself are kept as <c>exported_…</c>, as Prometheus does.
/// </summary>
internal sealed class ScrapeReader(ScrapeTarget target)
{
    /// <summary>A longer line is skipped.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private const int MaxKnown = 2 * 10_000;

    private readonly ScrapeRules _rules = new([.. target.Rules ?? [], .. target.Kind is null ? [] : ScrapePresets.For(target.Kind) ?? []]);
    private readonly Dictionary<string, Series?>.AlternateLookup<ReadOnlySpan<char>> _known =
        new Dictionary<string, Series?>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly List<Label> _labels = [];
    private readonly byte[] _line = new byte[MaxLineBytes];
    private char[] _key = new char[512];
    private int _length;
    private bool _skipping;

    /// <summary>Samples kept since <see cref="Begin"/>.</summary>
    public int Kept { get; private set; }

    /// <summary>Samples left out since then, as they were too many.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Forgets the answer before.</summary>
    public void Begin() => (_length, _skipping, Kept, LeftOut) = (0, false, 0, 0);

    /// <summary>Takes in the next bytes.</summary>
    public void Read(ReadOnlySpan<byte> bytes, Readings to)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            Append(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
                return;
            EndLine(to);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>The answer is over: its last line may lack its end.</summary>
    public void End(Readings to) => EndLine(to);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _skipping |= _length + bytes.Length > MaxLineBytes;
        if (_skipping)
            return;
        bytes.CopyTo(_line.AsSpan(_length));
        _length += bytes.Length;
    }

    private void EndLine(Readings to)
    {
        if (!_skipping && PrometheusLine.TryRead(_line.AsSpan(0, _length), out var line) && _rules.MayKeep(line.Name))
            Add(line, to);
        (_length, _skipping) = (0, false);
    }

    private void Add(in PrometheusLine line, Readings to)
    {
        if (_key.Length < line.Series.Length)
            _key = new char[line.Series.Length];
        var key = _key.AsSpan(0, Encoding.Latin1.GetChars(line.Series, _key));
        if (!_known.TryGetValue(key, out var series))
        {
            if (_known.Dictionary.Count >= MaxKnown)
                _known.Dictionary.Clear();
            _known[key] = series = Make(line);
        }
        if (series is null)
            return;
        if (Kept >= target.MaxSamples)
        {
            LeftOut++;
            return;
        }
        Kept++;
        to.Add(series, line.Value);
    }

    /// <summary>The series of a line; null when it isn't to be kept, or can't be.</summary>
    private Series? Make(in PrometheusLine line)
    {
        if (!line.TryReadLabels(_labels) || !_rules.Keeps(line.Name, _labels))
            return null;
        _labels.RemoveAll(label => label.Value.Length == 0 || target.DropLabels?.Contains(label.Name) == true);
        Label[] labels = [
            .. _labels.Select(label => SeriesCache.Fit(IsOurs(label.Name) ? label with { Name = "exported_" + label.Name } : label)),
            new Label("endpoint", target.Endpoint)];
        var series = new Series(Encoding.UTF8.GetString(line.Name), labels);
        return series.Fault() is null ? series : null;
    }

    private static bool IsOurs(string label) => label is "endpoint" or MetricNames.AgentLabel or MetricNames.TenantLabel;
}
