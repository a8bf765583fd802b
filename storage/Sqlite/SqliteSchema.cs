namespace Outrider.Storage.Sqlite;

/// <summary>
/// The tables of one part of the store (state, reports, audit, …) as an ordered list of migrations. A part at version n has run the
/// first n of them; each part counts for itself, so that they grow side by side in one file.
/// </summary>
/// <param name="Part">The part's name; never changes.</param>
/// <param name="Migrations">SQL scripts, oldest first. One that was released is never edited: append another.</param>
public sealed record SqliteSchema(string Part, IReadOnlyList<string> Migrations);
