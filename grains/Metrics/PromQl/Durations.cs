using System.Text;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Lengths of time as Prometheus writes them: <c>1h30m</c>. A year has 365 days.</summary>
public static class Durations
{
    /// <summary>As long as Prometheus' longest.</summary>
    private const long Max = long.MaxValue / 1_000_000;

    private static readonly (string Unit, long Milliseconds)[] s_units =
    [
        ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ];

    /// <summary>Units from the largest to the smallest, each once at most.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long milliseconds)
    {
        milliseconds = 0;
        var last = -1;
        for (var at = 0; at < text.Length || last < 0;)
        {
            var digits = text[at..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 18)
                return false;
            var count = long.Parse(text.Slice(at, digits), System.Globalization.CultureInfo.InvariantCulture);
            at += digits;
            var letters = text[at..].IndexOfAnyInRange('0', '9');
            var word = letters < 0 ? text[at..] : text.Slice(at, letters);
            var unit = IndexOf(word);
            if (unit <= last || count > (Max - milliseconds) / s_units[unit].Milliseconds)
                return false;
            milliseconds += count * s_units[unit].Milliseconds;
            at += word.Length;
            last = unit;
        }
        return true;
    }

    /// <param name="milliseconds">Above 0.</param>
    public static string Text(long milliseconds)
    {
        var text = new StringBuilder();
        foreach (var (unit, length) in s_units)
        {
            if (milliseconds >= length)
                text.Append(milliseconds / length).Append(unit);
            milliseconds %= length;
        }
        return text.ToString();
    }

    private static int IndexOf(ReadOnlySpan<char> unit)
    {
        for (var i = 0; i < s_units.Length; i++)
        {
            if (unit.SequenceEqual(s_units[i].Unit))
                return i;
        }
        return -1;
    }
}
