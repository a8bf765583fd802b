using System.Diagnostics;

namespace Outrider.Protocol.SqlGuard;

/// <summary>The lower-case parts of a <see cref="FormPattern"/>.</summary>
internal static class FormSlots
{
    /// <summary>Whether the optional part <paramref name="slot"/> begins at the cursor.</summary>
    public static bool Begins(string slot, TokenCursor cursor) => slot switch
    {
        "like" => cursor.At("LIKE"),
        "partitions" => cursor.At("PARTITION") || cursor.At("PARTITIONS"),
        "integer" => cursor.Current.Kind == SqlTokenKind.Integer,
        "table" or "database" or "identifier" => cursor.AtIdentifier(),
        _ => throw new UnreachableException($"No form begins a choice with {slot}."),
    };

    public static bool Match(string slot, TokenCursor cursor) => slot switch
    {
        "like" => cursor.Accept("LIKE") && cursor.Accept(SqlTokenKind.Text),
        "filter" => new FilterParser(cursor).Filter(),
        "condition" => new FilterParser(cursor).Condition(),
        "integer" => cursor.Accept(SqlTokenKind.Integer),
        "identifier" => Name(cursor, parts: 1),
        "job" => Name(cursor, parts: 2),
        "catalog" => CatalogName(cursor, parts: 0),
        "database" => CatalogName(cursor, parts: 1),
        "table" => CatalogName(cursor, parts: 2),
        "partitions" => Partitions(cursor),
        "path" => Path(cursor),
        "key" => ConfigKey(cursor),
        "query" => FunctionParser.QueryId(cursor),
        "nodes" => Nodes(cursor),
        _ => throw new UnreachableException($"No part of a form is named {slot}."),
    };

    private static bool Name(TokenCursor cursor, int parts) => cursor.AcceptName(out var name) && name.Count <= parts;

    /// <summary>A name of up to <paramref name="parts"/> parts, or one more when the first is the default catalog.</summary>
    private static bool CatalogName(TokenCursor cursor, int parts)
    {
        var first = cursor.Current;
        if (!cursor.AcceptName(out var name))
            return false;
        if (name.Count <= parts || (name.Count == parts + 1 && AllowedTables.IsDefaultCatalog(name[0])))
            return true;
        return cursor.Refuse(GuardRules.CatalogNotAllowed, first, "Ask for objects of default_catalog only: other catalogs live outside the cluster.");
    }

    private static bool Partitions(TokenCursor cursor) =>
        cursor.AcceptAny(["PARTITION", "PARTITIONS"])
        && cursor.Parenthesised(() => cursor.List(() => cursor.Accept(SqlTokenKind.Text) || cursor.ExpectIdentifier("a partition")));

    private static bool Path(TokenCursor cursor)
    {
        if (cursor.Current.Kind != SqlTokenKind.Text)
            return false;
        if (!ProcPath.IsAllowed(cursor.Value(cursor.Current)))
            return cursor.Refuse(GuardRules.ProcPathNotAllowed, "Use a listed path without empty or dotted segments, such as '/statistic/10328'.");
        cursor.Advance();
        return true;
    }

    private static bool ConfigKey(TokenCursor cursor)
    {
        if (cursor.Current.Kind != SqlTokenKind.Text)
            return false;
        if (!AllowedConfigKeys.IsAllowed(cursor.Value(cursor.Current)))
            return cursor.Refuse(GuardRules.ConfigKeyNotAllowed, "Name one listed key, such as 'run_mode': a wider pattern could show passwords.");
        cursor.Advance();
        return true;
    }

    /// <summary>The plan nodes of ANALYZE PROFILE: <c>, 1, 2</c>.</summary>
    private static bool Nodes(TokenCursor cursor) =>
        !cursor.AcceptSymbol(",") || cursor.List(() => cursor.Expect(SqlTokenKind.Integer, "a plan node id"));
}
