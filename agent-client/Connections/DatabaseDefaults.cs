using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Connections;

/// <summary>What holds of a type of database when nobody says otherwise.</summary>
internal static class DatabaseDefaults
{
    public static int PortOf(string type) => type switch
    {
        TaskTypes.MySql => 3306,
        TaskTypes.Doris => 9030,
        TaskTypes.Postgres => 5432,
        TaskTypes.ClickHouse => 8123,
        TaskTypes.Mongo => 27017,
        _ => 9200,
    };

    public static string UserOf(string type) => type switch
    {
        TaskTypes.MySql or TaskTypes.Doris => "root",
        TaskTypes.Postgres => "postgres",
        TaskTypes.ClickHouse => "default",
        _ => "",
    };
}
