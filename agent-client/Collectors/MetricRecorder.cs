using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors;

/// <summary>
/// Gathers what collectors measure into batches, numbered 1, 2, 3, … within the boot. Series keep their order from batch to batch, and
/// stay a while when nothing was measured, so that the batches' series tables are the same bytes. Thread-safe.
/// </summary>
/// <param name="boot">The agent's boot.</param>
/// <param name="maxBytes">Longest encoded batch; what is more goes into another.</param>
public sealed class MetricRecorder(string boot, int maxBytes = LinkProtocol.MaxBlockBytes)
{
    /// <summary>A series that had no sample for so many batches leaves the table.</summary>
    private const int StayBatches = 30;

    /// <summary>So many samples wait for a batch at most.</summary>
    private const int FullAt = MetricLimits.Samples / 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<Series, Slot> _slots = [];
    private readonly List<Slot> _order = [];
    private ProcessTable? _processes;
    private ulong _seq;
    private int _samples;

    /// <summary>Whether so much waits that a batch should be made before it is due.</summary>
    public bool IsFull => Volatile.Read(ref _samples) >= FullAt;

    /// <summary>Series and tables left out because they fit into no batch.</summary>
    public long Refused { get; private set; }

    /// <summary>Takes in what a run measured. When nobody makes batches, what is new is left out.</summary>
    public void Take(Readings readings)
    {
        lock (_lock)
        {
            _processes = readings.Processes ?? _processes;
            if (_samples + readings.Values.Count > MetricLimits.Samples)
            {
                Refused += readings.Values.Count;
                return;
            }
            foreach (var (series, value) in readings.Values)
                Slots(series).Samples.Add(new Sample(readings.Time, value));
            _samples += readings.Values.Count;
        }
    }

    /// <summary>Makes the batches of what was taken in since the last time: none when that is nothing, mostly one.</summary>
    public List<EncodedBatch> Flush()
    {
        lock (_lock)
        {
            var batches = new List<EncodedBatch>();
            if (_samples > 0 || _processes is not null)
                Encode([.. _order.Select(slot => slot.Content)], _processes, batches);
            foreach (var slot in _order)
            {
                slot.Empty = slot.Samples.Count > 0 ? 0 : slot.Empty + 1;
                slot.Samples.Clear();
                if (slot.Empty >= StayBatches)
                    _slots.Remove(slot.Content.Series);
            }
            _order.RemoveAll(slot => slot.Empty >= StayBatches);
            (_samples, _processes) = (0, null);
            return batches;
        }
    }

    private Slot Slots(Series series)
    {
        if (_slots.TryGetValue(series, out var slot))
            return slot;
        slot = new Slot(series);
        _slots.Add(series, slot);
        _order.Add(slot);
        return slot;
    }

    private void Encode(IReadOnlyList<SeriesSamples> series, ProcessTable? processes, List<EncodedBatch> to)
    {
        var encoded = MetricBatchCodec.Encode(new MetricBatch(boot, _seq + 1, series, processes));
        if (encoded.Ok && encoded.Value.Length <= maxBytes)
        {
            to.Add(new EncodedBatch(boot, ++_seq, encoded.Value));
        }
        else if (processes is not null && series.Count > 0)
        {
            Encode(series, null, to);
            Encode([], processes, to);
        }
        else if (series.Count > 1)
        {
            Encode([.. series.Take(series.Count / 2)], null, to);
            Encode([.. series.Skip(series.Count / 2)], null, to);
        }
        else if (processes is { Rows.Count: > 1 })
        {
            // The first rows are those that use most.
            Encode([], processes with { Rows = [.. processes.Rows.Take(processes.Rows.Count / 2)] }, to);
        }
        else
        {
            Refused++;
        }
    }

    private sealed class Slot(Series series)
    {
        public List<Sample> Samples { get; } = [];

        public SeriesSamples Content => _content ??= new SeriesSamples(series, Samples);

        public int Empty { get; set; }

        private SeriesSamples? _content;
    }
}
