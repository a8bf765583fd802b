using System.CommandLine;
using System.Data.Common;
using Orleans.Runtime.MembershipService;
using Outrider.Silo.Hosting;
using Outrider.Silo.Hosting.Commands;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Silo.Orleans.Database;
using Outrider.Storage;

namespace Outrider.Silo.Orleans;

/// <summary>The program <c>outrider-silo</c>.</summary>
public sealed class SiloProgram() : CentreProgram("outrider-silo", "Outrider: a silo, one of several that together are the centre, and commands that manage it.")
{
    /// <inheritdoc/>
    public override string Url(ParseResult parsed) => Read(SiloConfiguration.Command, parsed).Url;

    /// <inheritdoc/>
    public override string PlatformKey(ParseResult parsed) => Read(SiloConfiguration.Command, parsed).PlatformKey
        ?? throw new CentreException($"This needs the platform key that the silos have: OUTRIDER_PLATFORM_KEY, or platform_key in {SiloConfiguration.DefaultFile}.");

    /// <inheritdoc/>
    protected override void Extend(RootCommand root)
    {
        var serve = new Command("serve", "Runs a silo, which joins its cluster.");
        serve.SetAction(Handle(ServeAsync));
        root.Add(serve);
        var migrate = new Command("migrate", "Makes the tables in the shared database, or brings them up to date. Once, before the silos of a new version start.");
        migrate.SetAction(Handle(MigrateAsync));
        root.Add(migrate);
    }

    private static Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = Read(SiloConfiguration.Silo, parsed);
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        return Serving.RunAsync(() => Centre.Build(options), "the shared database", output, error, cancellation, Explain);
    }

    private static async Task<int> MigrateAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var database = new ClusterDatabase(Read(SiloConfiguration.Migration, parsed));
        try
        {
            var applied = await database.Migrator.MigrateAsync(cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                applied.Count == 0 ? "The shared database is up to date." : $"The shared database has been brought up to date: {string.Join(", ", applied)}.");
            return 0;
        }
        catch (StorageException e)
        {
            throw new CentreException(e.Message, e);
        }
    }

    // Orleans wraps what happened in what it was doing.
    private static string? Explain(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case CentreException or StorageException:
                    return cause.Message;
                case OrleansClusterConnectivityCheckFailedException:
                    return $"This silo can't join its cluster: {cause.Message} It ends, to be started again.";
                case DbException:
                    return $"The shared database refused this silo: {cause.Message}";
            }
        }
        return null;
    }
}
