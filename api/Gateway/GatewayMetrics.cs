using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Outrider.Api.Gateway;

/// <summary>The gateway's numbers, meter <see cref="MeterName"/>.</summary>
public sealed class GatewayMetrics
{
    public const string MeterName = "Outrider.Gateway";

    private static readonly KeyValuePair<string, object?> s_received = new("direction", "received");
    private static readonly KeyValuePair<string, object?> s_sent = new("direction", "sent");
    private readonly UpDownCounter<long> _links;
    private readonly UpDownCounter<long> _tasks;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _errors;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _links = meter.CreateUpDownCounter<long>("outrider.gateway.links", "{link}", "Links of registered agents.");
        _tasks = meter.CreateUpDownCounter<long>("outrider.gateway.tasks", "{task}", "Tasks awaited from agents.");
        _frames = meter.CreateCounter<long>("outrider.gateway.frames", "{frame}", "Frames, by direction.");
        _bytes = meter.CreateCounter<long>("outrider.gateway.bytes", "By", "Bytes of frames before compression, by direction.");
        _errors = meter.CreateCounter<long>("outrider.gateway.errors", "{error}", "Links refused or closed by the gateway, by problem code.");
    }

    public void LinkOpened() => _links.Add(1);

    public void LinkClosed() => _links.Add(-1);

    public void TaskStarted() => _tasks.Add(1);

    public void TaskEnded() => _tasks.Add(-1);

    public void Received(int bytes)
    {
        _frames.Add(1, s_received);
        _bytes.Add(bytes, s_received);
    }

    public void Sent(int bytes)
    {
        _frames.Add(1, s_sent);
        _bytes.Add(bytes, s_sent);
    }

    public void Error(string code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code));
}
