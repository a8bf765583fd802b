using System.Runtime.InteropServices;
using System.Text.Json;
using Outrider.Grains.Agents;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Live;

/// <summary>
/// One agent as one subscription sees it, with how far it has been told. Nothing waits here: what is told is always the newest value, so a
/// slow viewer gets fewer. Guarded by its agent's gate.
/// </summary>
internal sealed class LiveView(LiveAgent agent, LiveSubscription subscription)
{
    private readonly List<Shown> _series = [];
    private AgentStatus? _status;
    private long _news;
    private long _gaps = agent.Gaps;
    private int _at;

    public LiveAgent Agent => agent;

    public bool Wants(Series series) => subscription.Filter.Wants(series);

    /// <summary>Tells of the series from now on, if it is wanted and there is room.</summary>
    public void Offer(LiveSeries series)
    {
        if (!Wants(series.Series) || !subscription.TryAddSeries())
            return;
        _series.Add(new Shown(series));
        series.Views++;
    }

    /// <summary>Gives up what it tells of, and says what that was.</summary>
    public IEnumerable<LiveSeries> Release()
    {
        subscription.RemoveSeries(_series.Count);
        return _series.Select(shown => shown.Series);
    }

    public void BeginRound() => _at = 0;

    /// <summary>Writes what has changed, as one object, if anything has. False: the frame is full and there is more.</summary>
    public bool Write(LiveFrame frame)
    {
        lock (agent.Gate)
        {
            var shown = CollectionsMarshal.AsSpan(_series);
            while (_at < shown.Length && !shown[_at].IsNew)
                _at++;
            if (_at == shown.Length && _news == agent.News && _gaps == agent.Gaps)
                return true;
            WriteAgent(frame.Json);
            frame.Json.WriteStartArray("series");
            for (; _at < shown.Length && !frame.IsFull; _at++)
            {
                if (shown[_at].IsNew)
                    WriteSeries(frame, ref shown[_at]);
            }
            frame.Json.WriteEndArray();
            frame.Json.WriteEndObject();
            return _at == shown.Length;
        }
    }

    private void WriteAgent(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("agent", agent.Name);
        if (_status != agent.Status)
            json.WriteString("status", agent.Status.ToString().ToLowerInvariant());
        if (agent.MeasuredAt is { } time)
            json.WriteNumber("time", time);
        if (_gaps != agent.Gaps)
            json.WriteBoolean("gap", true);
        (_status, _news, _gaps) = (agent.Status, agent.News, agent.Gaps);
    }

    private void WriteSeries(LiveFrame frame, ref Shown shown)
    {
        var json = frame.Json;
        var series = shown.Series;
        json.WriteStartObject();
        if (shown.Sent == 0)
        {
            shown.Number = subscription.NextNumber();
            json.WriteNumber("n", shown.Number);
            json.WriteString("metric", series.Series.Metric);
            json.WriteStartObject("labels");
            foreach (var (name, value) in series.Series.Labels)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNumber("n", shown.Number);
        }
        json.WriteNumber("time", series.Time);
        json.WritePropertyName("value");
        LiveFrame.WriteValue(json, series.Value);
        json.WriteEndObject();
        // Those before the first are the store's to tell.
        frame.Count(shown.Sent == 0 ? 0 : series.Changes - shown.Sent - 1);
        shown.Sent = series.Changes;
    }

    private struct Shown(LiveSeries series)
    {
        public readonly LiveSeries Series => series;

        public int Number { get; set; }

        /// <summary>The change told last.</summary>
        public long Sent { get; set; }

        public readonly bool IsNew => series.Changes != Sent;
    }
}
