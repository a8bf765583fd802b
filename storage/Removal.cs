namespace Outrider.Storage;

/// <summary>
/// Rows that are removed, the oldest first and a page at a time, so that others get their turn between. Both statements have what is
/// removed as parameter 1.
/// </summary>
/// <param name="Last">Gives the last time of a full page; no row: what is left is less.</param>
/// <param name="Delete">Removes up to that time, parameter 2.</param>
internal sealed record Removal(string Last, string Delete);
