namespace Outrider.Bench.Grains;

public sealed class CounterState
{
    public long Total { get; set; }

    public string Name { get; set; } = "a counter with a name, to have a state of about a hundred bytes";
}
