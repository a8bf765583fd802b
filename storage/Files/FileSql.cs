using System.Globalization;
using Outrider.Grains.Files;

namespace Outrider.Storage.Files;

/// <summary>What is asked of the table of files, in SQL that all databases take alike.</summary>
/// <param name="prefix">How the table's name begins.</param>
/// <param name="mark">What stands before a parameter's number.</param>
internal sealed class FileSql(string prefix, string mark)
{
    /// <summary>Stands before a character of a pattern that means itself.</summary>
    private const char Escape = '!';

    /// <summary>The table.</summary>
    public string Table { get; } = $"{prefix}file";

    /// <summary>A file, of a tenant and an id.</summary>
    public string Read => $"SELECT body FROM {Table} WHERE tenant = {mark}1 AND id = {mark}2";

    /// <summary>A file, of a tenant, a SHA-256 and a kind.</summary>
    public string Find => $"SELECT body FROM {Table} WHERE tenant = {mark}1 AND sha256 = {mark}2 AND kind = {mark}3";

    /// <summary>Of a tenant and an id.</summary>
    public string Delete => $"DELETE FROM {Table} WHERE tenant = {mark}1 AND id = {mark}2";

    /// <summary>A row for each file of a tenant that has a SHA-256.</summary>
    public string RefersTo => $"SELECT 1 FROM {Table} WHERE tenant = {mark}1 AND sha256 = {mark}2";

    /// <summary>A query for files, and the values of its parameters.</summary>
    public (string Sql, object?[] Values) List(string tenant, FileQuery query, FileCursor? after, int limit)
    {
        List<object?> values = [tenant, after?.CreatedAt.UtcTicks ?? long.MaxValue, after?.Id ?? "", limit];
        var wanted = "";
        if (query.Kind is { } kind)
        {
            values.Add(kind.ToString());
            wanted += Parameter(" AND kind = ", values.Count);
        }
        if (query.Name is { } name)
        {
            values.Add(Like(name));
            wanted += Parameter(" AND search LIKE ", values.Count) + $" ESCAPE '{Escape}'";
        }
        return ($"""
            SELECT body FROM {Table}
            WHERE tenant = {mark}1 AND created <= {mark}2 AND (created < {mark}2 OR id > {mark}3){wanted}
            ORDER BY created DESC, id LIMIT {mark}4
            """, [.. values]);
    }

    private string Parameter(string text, int number) => string.Create(CultureInfo.InvariantCulture, $"{text}{mark}{number}");

    private static string Like(string pattern)
    {
        var like = new System.Text.StringBuilder();
        foreach (var c in pattern.ToLowerInvariant())
        {
            if (c is Escape or '%' or '_')
                like.Append(Escape);
            like.Append(c == '*' ? '%' : c);
        }
        return like.ToString();
    }
}
