using System.Security.Cryptography;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Link;

/// <summary>
/// The agent's own credential, in <c>credential</c> in its data folder, readable by its owner only. It is made and stored before it is
/// first sent, so that an answer that gets lost costs nothing: the same credential later just authenticates.
/// </summary>
public static class CredentialFile
{
    public const string Name = "credential";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads it, or makes it for the tenant of the enrolment token.</summary>
    public static Outcome<Credential> LoadOrCreate(string folder, string? enrolmentToken)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path) ? Load(path) : Create(folder, path, enrolmentToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"The credential can't be kept in '{path}': {e.Message}");
        }
    }

    private static Outcome<Credential> Load(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            File.SetUnixFileMode(path, OwnerOnly);
        if (Credential.TryParse(File.ReadAllText(path).Trim(), out var credential) && credential.Kind == CredentialKind.Agent)
            return credential;
        return new Problem(ProblemCodes.InvalidArgument,
            $"'{path}' holds no credential of an agent. Restore it, or delete it and enrol the agent again.");
    }

    private static Outcome<Credential> Create(string folder, string path, string? enrolmentToken)
    {
        if (string.IsNullOrEmpty(enrolmentToken))
        {
            return new Problem(ProblemCodes.InvalidArgument,
                "This agent is not enrolled yet. Set OUTRIDER_ENROLMENT_TOKEN to an enrolment token of its tenant (ort.…).");
        }
        if (!Credential.TryParse(enrolmentToken.Trim(), out var token) || token.Kind != CredentialKind.EnrolmentToken)
            return new Problem(ProblemCodes.InvalidArgument, "OUTRIDER_ENROLMENT_TOKEN is not an enrolment token: it has the form ort.tenant.id.secret.");
        var credential = Credential.Create(CredentialKind.Agent, token.Tenant, "", RandomNumberGenerator.GetBytes(32));
        Store(folder, path, credential.Text);
        return credential;
    }

    /// <summary>Writes it whole or not at all.</summary>
    private static void Store(string folder, string path, string text)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        File.Delete(draft);
        using (var file = new FileStream(draft, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(text + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
