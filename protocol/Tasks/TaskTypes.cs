namespace Outrider.Protocol.Tasks;

/// <summary>The types of task: an agent has one executor for each that its policy enables, and tells them as its capabilities.</summary>
public static class TaskTypes
{
    public const string Shell = "shell";
    public const string Api = "api";
    public const string File = "file";
    public const string Kubernetes = "k8s";
    public const string MySql = "mysql";
    public const string Doris = "doris";
    public const string Postgres = "postgres";
    public const string Mongo = "mongo";
    public const string Elasticsearch = "elasticsearch";
    public const string ClickHouse = "clickhouse";

    /// <summary>Read-only SQL: a query, never a task.</summary>
    public const string Sql = "sql";

    public const int DefaultTimeoutSeconds = 300;
    public const int MaxTimeoutSeconds = 86_400;
    public const int DefaultPriority = 5;
    public const int MaxPriority = 10;

    /// <summary>Most bytes of a command, in UTF-8.</summary>
    public const int MaxCommand = 128 * 1024;

    /// <summary>Most bytes of the parameters, as JSON.</summary>
    public const int MaxParams = 64 * 1024;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Shell, Api, File, Kubernetes, MySql, Doris, Postgres, Mongo, Elasticsearch, ClickHouse];

    /// <summary>Of which an agent runs fewer at once (<see cref="TaskLimits.DatabaseTasks"/>).</summary>
    public static bool IsDatabase(string type) => type is MySql or Doris or Postgres or Mongo or Elasticsearch or ClickHouse;

    /// <summary>Seconds a task may run when nobody says.</summary>
    public static int TimeoutOf(string type) => type switch
    {
        Api => 30,
        Doris => 1_800,
        _ when IsDatabase(type) => 600,
        _ => DefaultTimeoutSeconds,
    };
}
