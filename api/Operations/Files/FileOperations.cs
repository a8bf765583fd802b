using Outrider.Api.Auth;
using Outrider.Grains.Files;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Files;

/// <summary>What callers may do with a tenant's files, the same for every front door.</summary>
public sealed class FileOperations(FileKeeper keeper, IFileGrants grants, IGrains grains, Auditor audit, TimeProvider time)
{
    /// <summary>Where links lead.</summary>
    public const string ContentPath = "/files/content/{id}";

    private const int MaxPattern = 300;

    /// <summary>Files, the newest first.</summary>
    /// <param name="name">A pattern of names, with <c>*</c> for any run of characters; null: any.</param>
    /// <param name="after">Continues after the file of this id; null: from the newest.</param>
    public async Task<Outcome<FilePage>> ListAsync(
        Caller caller, string? name, FileKind? kind, string? after, int limit, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.FilesRead) is { } forbidden)
            return forbidden;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        if (name?.Length > MaxPattern)
            return TenantRules.Invalid($"name may have {MaxPattern} characters.");
        FileCursor? cursor = null;
        if (after is not null)
        {
            if (await keeper.Index.ReadAsync(caller.Tenant, after, cancellation) is not { } last)
                return Unknown(after);
            cursor = new FileCursor(last.CreatedAt, last.Id);
        }
        var files = await keeper.Index.ListAsync(caller.Tenant, new FileQuery(name, kind), cursor, limit, cancellation);
        return new FilePage([.. files.Select(FileView.Of)], files.Count == limit ? files[^1].Id : null);
    }

    /// <summary>One file; <c>file_not_found</c>.</summary>
    public async Task<Outcome<FileView>> GetAsync(Caller caller, string file, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, Permission.FilesRead, file, cancellation);
        return found.Ok ? FileView.Of(found.Value) : found.Problem;
    }

    /// <summary>Opens a file for reading; <c>file_not_found</c>.</summary>
    public async Task<Outcome<FileContent>> OpenAsync(Caller caller, string file, CancellationToken cancellation) =>
        Permissions.Require(caller, Permission.FilesRead) is { } forbidden ? forbidden : await keeper.OpenAsync(caller.Tenant, file, cancellation);

    /// <summary>Opens a file for whoever has a grant. <c>forbidden</c>, <c>file_not_found</c>, <c>tenant_disabled</c>.</summary>
    public async Task<Outcome<FileContent>> OpenGrantedAsync(string file, string grant, CancellationToken cancellation)
    {
        var verified = grants.Verify(file, grant);
        if (!verified.Ok)
            return verified.Problem;
        var tenant = await grains.Get<ITenant>(verified.Value.Tenant).GetAsync();
        if (!tenant.Ok)
            return tenant.Problem;
        if (!tenant.Value.Enabled)
            return new Problem(ProblemCodes.TenantDisabled, "The tenant of this file is disabled.");
        return await keeper.OpenAsync(verified.Value.Tenant, file, cancellation);
    }

    /// <summary>Makes a link by which anybody may read the file for a while.</summary>
    public async Task<Outcome<FileLink>> LinkAsync(Caller caller, string file, TimeSpan life, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.FilesManage) is { } forbidden)
            return forbidden;
        if (life < FileLimits.ShortestLink || life > FileLimits.LongestLink)
        {
            return TenantRules.Invalid(
                $"expires_seconds must be {FileLimits.ShortestLink.TotalSeconds} to {FileLimits.LongestLink.TotalSeconds}; it is {life.TotalSeconds}.");
        }
        var found = await FindAsync(caller, Permission.FilesManage, file, cancellation);
        var end = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + life).ToUnixTimeSeconds());
        await audit.RecordAsync(caller, "file.link", TenantRules.Short(file), found.Problem, $"until {end:O}", CancellationToken.None);
        if (!found.Ok)
            return found.Problem;
        var grant = grants.Issue(new FileGrant(caller.Tenant, null, found.Value.Id, end));
        return new FileLink($"{Rest.RestApi.Prefix}{ContentPath.Replace("{id}", found.Value.Id, StringComparison.Ordinal)}?grant={grant}", end);
    }

    /// <summary>Removes a file: an admin any, everybody else their own.</summary>
    public async Task<Outcome<Done>> DeleteAsync(Caller caller, string file, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, Permission.FilesManage, file, cancellation);
        if (found.Problem is { Code: ProblemCodes.Forbidden })
            return found.Problem;
        var problem = found.Problem ?? (found.Value!.CreatedBy == caller.CredentialId ? null : Permissions.Require(caller, Permission.FilesDeleteAny));
        if (problem is null)
            await keeper.DeleteAsync(caller.Tenant, found.Value!);
        await audit.RecordAsync(caller, "file.delete", TenantRules.Short(file), problem, found.Value?.Name, CancellationToken.None);
        return problem is null ? Done.Value : problem;
    }

    internal static Problem Unknown(string file) =>
        new(ProblemCodes.FileNotFound, $"There is no file '{TenantRules.Short(file)}'. GET /api/v1/files lists those there are.");

    private async Task<Outcome<StoredFile>> FindAsync(Caller caller, Permission permission, string file, CancellationToken cancellation) =>
        Permissions.Require(caller, permission) is { } forbidden ? forbidden
        : await keeper.Index.ReadAsync(caller.Tenant, file, cancellation) is { } found ? found
        : Unknown(file);
}
