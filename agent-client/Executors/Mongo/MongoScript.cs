using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Outrider.Agent.Connections;
using Outrider.MySql.Transport;

namespace Outrider.Agent.Executors.Mongo;

/// <summary>
/// The script that mongosh runs. All that is the task's stands in it as JSON strings, which the script reads as extended JSON: none of it is
/// code. It prints a line per operation: the mark, then what became of it.
/// </summary>
internal static class MongoScript
{
    public const string Mark = "outrider-result ";

    private const string Body = """
        let failed = false;
        const conn = new Mongo(uri);
        const target = conn.getDB(database);
        for (let i = 0; i < operations.length && !failed; i++) {
          const started = Date.now();
          const told = { index: i + 1 };
          try {
            const o = EJSON.parse(operations[i]);
            const c = target.getCollection(o.collection);
            const options = { maxTimeMS: timeout };
            if (o.operation === 'insert') {
              told.inserted = Object.keys(c.insertMany(o.documents).insertedIds).length;
            } else if (o.operation === 'update') {
              const r = c.updateMany(o.filter, o.update, options);
              told.matched = Number(r.matchedCount); told.modified = Number(r.modifiedCount); told.upserted = Number(r.upsertedCount || 0);
            } else {
              told.deleted = Number(c.deleteMany(o.filter, options).deletedCount);
            }
          } catch (e) {
            failed = true;
            told.error = String(e.message || e);
            if (e.result && e.result.insertedCount !== undefined) told.inserted = Number(e.result.insertedCount);
          }
          told.elapsed_ms = Date.now() - started;
          print(mark + JSON.stringify(told));
        }

        """;

    /// <summary>The script, which holds the password.</summary>
    public static string Of(DatabaseConnection connection, IReadOnlyList<MongoOperation> operations, TimeSpan timeout)
    {
        var script = new StringBuilder();
        Let(script, "mark", Mark);
        Let(script, "uri", UriOf(connection));
        Let(script, "database", connection.Database ?? "test");
        script.Append(CultureInfo.InvariantCulture, $"const timeout = {(long)timeout.TotalMilliseconds};\nconst operations = [\n");
        foreach (var operation in operations)
            script.Append(Quote(operation.Json.GetRawText())).Append(",\n");
        return script.Append("];\n").Append(Body).ToString();
    }

    private static void Let(StringBuilder script, string name, string value) =>
        script.Append(CultureInfo.InvariantCulture, $"const {name} = {Quote(value)};\n");

    /// <summary>A JSON string in ASCII, which is a JavaScript string too.</summary>
    private static string Quote(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";

    private static string UriOf(DatabaseConnection connection)
    {
        var user = connection.User.Length == 0 ? "" : $"{Uri.EscapeDataString(connection.User)}:{Uri.EscapeDataString(connection.Password)}@";
        var host = connection.Host.Contains(':', StringComparison.Ordinal) ? $"[{connection.Host}]" : connection.Host;
        var uri = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"mongodb://{user}{host}:{connection.Port}/?directConnection=true"));
        if (user.Length > 0)
            uri.Append("&authSource=").Append(Uri.EscapeDataString(connection.AuthDatabase ?? "admin"));
        if (connection.Tls is TlsMode.Required or TlsMode.VerifyFull)
            uri.Append("&tls=true");
        if (connection.Tls == TlsMode.Required)
            uri.Append("&tlsAllowInvalidCertificates=true");
        if (connection.TlsCaFile is not null)
            uri.Append("&tlsCAFile=").Append(Uri.EscapeDataString(connection.TlsCaFile));
        return uri.ToString();
    }
}
