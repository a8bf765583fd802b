using System.Data.Common;
using Outrider.Storage.Shared;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>A database server under a test's control.</summary>
public interface ISharedServer
{
    SqlDialect Dialect { get; }

    /// <summary>TCP port on 127.0.0.1.</summary>
    int Port { get; }

    /// <summary>Makes an empty database.</summary>
    Task CreateDatabaseAsync(string name);

    /// <summary>Connections to a database, at most 20 at a time.</summary>
    /// <param name="port">The server's, or that of a proxy before it.</param>
    DbDataSource Connect(string database, int port);

    /// <summary>As <c>kill -9</c>; returns when it is gone.</summary>
    Task CrashAsync();

    /// <summary>Starts it on the data it has; returns when it takes logins.</summary>
    Task StartAgainAsync();
}
