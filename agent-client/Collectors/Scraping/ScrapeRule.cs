namespace Outrider.Agent.Collectors.Scraping;

/// <summary>
/// Keeps or drops scraped series, in the manner of Prometheus' relabelling. The first rule that fits decides; a series that none fits is
/// dropped when some rule keeps, else kept.
/// </summary>
/// <param name="Metric">The metric's name; <c>*</c> stands for any characters.</param>
/// <param name="Label">A label it must have too; null: none.</param>
/// <param name="Value">That label's value; <c>*</c> as above.</param>
/// <param name="Drop">Drops what fits, instead of keeping it.</param>
public sealed record ScrapeRule(string Metric, string? Label = null, string? Value = null, bool Drop = false)
{
    /// <summary>Whether the name fits a pattern. Linear in both but for each star.</summary>
    public static bool Fits(ReadOnlySpan<byte> text, ReadOnlySpan<char> pattern)
    {
        int t = 0, p = 0, star = -1, from = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, from) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (p, t) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
