namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Labels by which series belong together: <c>by</c> and <c>on</c>, or <c>without</c> and <c>ignoring</c>.</summary>
/// <param name="Only">These labels count and no other; false: all count but these and the name.</param>
/// <param name="Labels">Their names.</param>
public sealed record Grouping(bool Only, IReadOnlyList<string> Labels)
{
    /// <summary>All labels count, but not the name.</summary>
    internal static Grouping All { get; } = new(false, []);

    /// <summary>No label counts.</summary>
    internal static Grouping None { get; } = new(true, []);

    /// <summary>The labels that count.</summary>
    internal LabelSet Of(LabelSet labels) => Only ? labels.Keep(Labels) : labels.DropName().Drop(Labels);
}
