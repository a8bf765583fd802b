using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Silo.Hosting.TenantsFile;

/// <summary>
/// Takes over what the tenants file says. The file decides about what stands in it: name, description, agent_url, enabled. Quotas, keys
/// and tokens aren't in it and stay as they are. A tenant taken out of the file stays as it is, because a file cut short by accident must
/// not shut anybody out: to disable one, set <c>enabled</c> to false. A bad file changes nothing.
/// </summary>
public sealed class TenantsFileImport
{
    public const string MeterName = "Outrider.TenantsFile";

    private readonly IGrains _grains;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Counter<long> _imports;
    private (DateTime Written, long Length)? _seen;
    private HashSet<string> _ids = [];
    private volatile TenantsFileState _state = new(TenantsFileStatus.Absent, null, null, 0);

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public TenantsFileImport(string path, IGrains grains, TimeProvider time, IMeterFactory meters, ILogger<TenantsFileImport> log)
    {
        (Path, _grains, _time, _log) = (path, grains, time, log);
        var meter = meters.Create(MeterName);
        _imports = meter.CreateCounter<long>("outrider.tenants_file.imports", "{import}", "Looks at a changed tenants file, by result.");
        meter.CreateObservableGauge("outrider.tenants_file.bad",
            () => _state.Status is TenantsFileStatus.Bad or TenantsFileStatus.Gone ? 1 : 0, "{file}", "1 while the tenants file can't be used.");
    }

    public string Path { get; }

    public TenantsFileState State => _state;

    /// <summary>Looks at the file and imports it if it is another than last time. One call at a time.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var file = new FileInfo(Path);
        if (!file.Exists)
        {
            if (_seen is not null)
                Set(TenantsFileStatus.Gone, "it is gone");
            _seen = null;
            return;
        }
        (DateTime, long) now = (file.LastWriteTimeUtc, file.Length);
        if (now == _seen)
            return;
        var outcome = await ImportAsync(cancellation);
        // What failed on our side is tried again; what is wrong with the file is wrong until it is written again.
        _seen = outcome.Ok || outcome.Problem.Code != ProblemCodes.Unavailable ? now : _seen;
        if (outcome.Ok)
            Set(TenantsFileStatus.Imported, null);
        else
            Set(TenantsFileStatus.Bad, outcome.Problem.Message);
    }

    private async Task<Outcome<Done>> ImportAsync(CancellationToken cancellation)
    {
        try
        {
            var entries = TenantsFileFormat.Read(await ReadAsync(cancellation));
            if (!entries.Ok)
                return entries.Problem;
            foreach (var entry in entries.Value)
            {
                if (await ApplyAsync(entry) is { } problem)
                    return problem;
            }
            NoteIds([.. entries.Value.Select(entry => entry.Id)]);
            return Done.Value;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _log.LogError(e, "Importing {File} failed; it is tried again", Path);
            return new Problem(ProblemCodes.Unavailable, "it could not be imported; the centre's log has the reason");
        }
    }

    private async Task<Problem?> ApplyAsync(TenantsFileEntry entry)
    {
        var tenant = _grains.Get<ITenant>(entry.Id);
        var (profile, found) = (entry.Profile, await tenant.GetAsync());
        if (!found.Ok)
        {
            var created = await tenant.CreateAsync(profile);
            if (created.Ok)
                _log.LogInformation("Tenant {TenantId} was created from {File}", entry.Id, Path);
            // In a cluster each node reads the file: another one may have been quicker.
            found = created.Ok ? found : await tenant.GetAsync();
            if (!found.Ok)
                return created.Problem;
        }
        var old = found.Value;
        if (old.Name == profile.Name.Trim() && old.Description == profile.Description && old.Enabled == profile.Enabled
            && (old.AgentUrl ?? "") == (profile.AgentUrl ?? ""))
            return null;
        _log.LogInformation("Tenant {TenantId} was changed from {File}, enabled: {Enabled}", entry.Id, Path, profile.Enabled);
        return (await tenant.UpdateAsync(new TenantUpdate
        {
            Name = profile.Name, Description = profile.Description, Enabled = profile.Enabled, AgentUrl = profile.AgentUrl ?? "",
        })).Problem;
    }

    // One byte more than is allowed tells a file that is too large from one that is just not.
    private async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation)
    {
        await using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[Math.Min(file.Length, TenantsFileFormat.MaxBytes) + 1];
        var count = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return bytes.AsMemory(0, count);
    }

    private void NoteIds(HashSet<string> ids)
    {
        foreach (var left in _ids.Except(ids))
            _log.LogWarning("Tenant {TenantId} no longer stands in {File}; it stays as it is. Disable it there or over REST", left, Path);
        _ids = ids;
    }

    private void Set(TenantsFileStatus status, string? why)
    {
        if (status is TenantsFileStatus.Imported)
            _log.LogInformation("{File} was imported: {Count} tenants", Path, _ids.Count);
        else if (_state.Status != status || _state.Why != why)
            _log.LogError("{File} can't be used: {Why}. What it said before holds", Path, why);
        _state = status is TenantsFileStatus.Imported
            ? new TenantsFileState(status, null, _time.GetUtcNow(), _ids.Count)
            : _state with { Status = status, Why = why };
        _imports.Add(1, new KeyValuePair<string, object?>("result", status.ToString().ToLowerInvariant()));
    }
}
