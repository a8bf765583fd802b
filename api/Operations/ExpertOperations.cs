using Outrider.Api.Auth;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>The experts of this centre, the same for every tenant and front door.</summary>
public sealed class ExpertOperations(IReadOnlyList<ExpertView> experts)
{
    /// <summary>All of them; <c>forbidden</c> to the platform role.</summary>
    public Outcome<ExpertList> List(Caller caller) =>
        Permissions.Require(caller, Permission.DiagnosesRead) is { } forbidden ? forbidden : new ExpertList(experts);
}
