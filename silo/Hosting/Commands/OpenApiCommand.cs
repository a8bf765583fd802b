using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Outrider.Protocol.Credentials;
using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Hosting.Commands;

/// <summary><c>outrider openapi</c>: the OpenAPI document that a centre of this version serves; needs neither a centre nor its data.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var command = new Command("openapi", "Prints the OpenAPI document that a centre serves at /openapi/v1.json, without one.");
        command.SetAction(async (parsed, cancellation) =>
            await parsed.InvocationConfiguration.Output.WriteLineAsync(await DescribeAsync(cancellation)));
        return command;
    }

    /// <summary>Maps what a centre maps, over services that nobody calls.</summary>
    private static async Task<string> DescribeAsync(CancellationToken cancellation)
    {
        var options = new CentreOptions();
        var builder = FrontDoors.CreateBuilder(options);
        builder.Services.AddFrontDoors(options, Credential.Create(CredentialKind.Platform, "", "", new byte[32]));
        await using var app = builder.Build();
        app.UseRouting();
        app.MapDescribed();
        // Else only a start tells the document of the routes.
        app.UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(cancellation);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation);
    }
}
