using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Outrider.Storage.Sqlite;

/// <summary>
/// Binds Microsoft.Data.Sqlite to the SQLite library that the operating system ships and patches, instead of one bundled with a package.
/// </summary>
internal static class SqliteEngine
{
    private const string NameInProvider = "e_sqlite3";

    private static readonly string[] SystemNames = OperatingSystem.IsWindows() ? ["winsqlite3"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lock s_gate = new();
    private static bool s_bound;

    /// <summary>Binds once per process; later calls do nothing.</summary>
    /// <exception cref="StorageException">The system has no SQLite library.</exception>
    public static void Bind()
    {
        lock (s_gate)
        {
            if (s_bound)
                return;
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            s_bound = true;
        }
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path)
    {
        if (library != NameInProvider)
            return 0;
        foreach (var name in SystemNames)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }
        throw new StorageException("This system has no SQLite library. Install it (Debian: apt-get install libsqlite3-0).");
    }
}
