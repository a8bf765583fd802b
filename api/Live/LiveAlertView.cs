using System.Text.Json;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Rest;
using Outrider.Grains.Alerts;

namespace Outrider.Api.Live;

/// <summary>What one subscription has yet to be told of alerts: of each its newest state. Takes news at once and keeps so many at most. Thread-safe.</summary>
internal sealed class LiveAlertView(LiveAlerts alerts, LiveFilter filter, int limit)
{
    private static readonly JsonSerializerOptions s_json = CreateJson();

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Alert> _news = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private bool _leftOut;

    public LiveAlerts Alerts => alerts;

    /// <summary>Whether there is anything to tell.</summary>
    public bool HasNews
    {
        get
        {
            lock (_gate)
                return _news.Count > 0;
        }
    }

    /// <summary>Takes an alert if it is wanted and no newer state of it waits.</summary>
    public void Offer(Alert alert)
    {
        if (!filter.WantsAgent(alert.Agent))
            return;
        lock (_gate)
        {
            if (_news.TryGetValue(alert.Id, out var waiting))
            {
                if (alert.ChangedAt >= waiting.ChangedAt)
                    _news[alert.Id] = alert;
                return;
            }
            if (_news.Count >= limit)
            {
                _news.Remove(_order.Dequeue());
                _leftOut = true;
            }
            _news.Add(alert.Id, alert);
            _order.Enqueue(alert.Id);
        }
    }

    /// <summary>Writes what waits, as far as the frame has room.</summary>
    public void Write(LiveFrame frame)
    {
        if (!HasNews)
            return;
        var json = frame.Json;
        if (TakeLeftOut())
            json.WriteBoolean("alerts_left_out", true);
        json.WriteStartArray("alerts");
        while (!frame.IsFull && Take() is { } alert)
            JsonSerializer.Serialize(json, AlertView.Of(alert), s_json);
        json.WriteEndArray();
    }

    private Alert? Take()
    {
        lock (_gate)
        {
            if (!_order.TryDequeue(out var id))
                return null;
            _news.Remove(id, out var alert);
            return alert;
        }
    }

    private bool TakeLeftOut()
    {
        lock (_gate)
        {
            var leftOut = _leftOut;
            _leftOut = false;
            return leftOut;
        }
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        return options;
    }
}
