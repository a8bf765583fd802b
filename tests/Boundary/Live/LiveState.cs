using System.Text.Json;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Live;

/// <summary>What a viewer knows of one subscription: the frames it was told, put together as docs/formats/live-feed.md says.</summary>
internal sealed class LiveState
{
    private readonly Dictionary<int, (string Agent, string Series)> _names = [];

    /// <summary>By agent.</summary>
    public Dictionary<string, string> Statuses { get; } = [];

    /// <summary>By agent and series, as Prometheus writes it.</summary>
    public Dictionary<(string Agent, string Series), double> Values { get; } = [];

    /// <summary>Agents of which batches were missed.</summary>
    public HashSet<string> Gaps { get; } = [];

    /// <summary>Values told, also those that were the same again.</summary>
    public int Told { get; private set; }

    public void Take(IEnumerable<JsonElement> frames)
    {
        foreach (var frame in frames)
            Take(frame);
    }

    public void Take(JsonElement frame)
    {
        if (frame.TryGetProperty("full", out _))
        {
            _names.Clear();
            Statuses.Clear();
            Values.Clear();
        }
        foreach (var agent in frame.GetProperty("agents").EnumerateArray())
        {
            var name = agent.GetProperty("agent").GetString()!;
            if (agent.TryGetProperty("gone", out _))
            {
                Statuses.Remove(name);
                continue;
            }
            if (agent.TryGetProperty("status", out var status))
                Statuses[name] = status.GetString()!;
            if (agent.TryGetProperty("gap", out _))
                Gaps.Add(name);
            foreach (var series in agent.GetProperty("series").EnumerateArray())
                Take(name, series);
        }
    }

    /// <summary>Takes what comes until it is so.</summary>
    public async Task UntilAsync(RawViewer viewer, Func<LiveState, bool> isSo)
    {
        while (!isSo(this))
            Take(await viewer.ReceiveAsync("update"));
    }

    private void Take(string agent, JsonElement series)
    {
        var number = series.GetProperty("n").GetInt32();
        if (series.TryGetProperty("metric", out var metric))
        {
            var labels = string.Join(',', series.GetProperty("labels").EnumerateObject().Select(label => $"{label.Name}=\"{label.Value}\""));
            _names.Add(number, (agent, labels.Length == 0 ? metric.GetString()! : $"{metric}{{{labels}}}"));
        }
        var value = series.GetProperty("value");
        Values[_names[number]] = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
        Told++;
    }
}
