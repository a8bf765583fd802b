using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Outrider.Api.Auth;
using Outrider.Api.Posts;
using Outrider.Api.Problems;

namespace Outrider.Api.Rest;

/// <summary>What the OpenAPI document says beyond the routes: how to authenticate, and what every operation answers when it can't.</summary>
internal static class OpenApiDocument
{
    private const string ApiKey = "api_key";
    private const string BearerKey = "bearer";
    private const string Session = "session";

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) => DescribeAsync(document));
        options.AddOperationTransformer(DescribeAsync);
    });

    private static Task DescribeAsync(Microsoft.OpenApi.OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Outrider",
            Version = "v1",
            Description = "Looks after servers and databases through agents that dial out. Errors are application/problem+json with a stable code.",
        };
        // Whoever reads it knows where they read it from; the address it was built under may be a proxy's.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = CredentialReader.KeyHeader,
            },
            [BearerKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            [Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SessionCookie.Name,
                Description = $"Of a browser; what changes something needs {SessionCookie.CsrfHeader} too.",
            },
        };
        foreach (var schema in document.Components.Schemas?.Values ?? [])
            ForbidNull(schema);
        return Task.CompletedTask;
    }

    /// <summary>Null is no value of an enumeration: where a member may be null, the member says so beside its reference.</summary>
    private static void ForbidNull(IOpenApiSchema schema)
    {
        foreach (var value in schema.Enum?.Where(value => value is null || value.IsJsonNullSentinel()).ToList() ?? [])
            schema.Enum!.Remove(value);
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "It could not be done: `code` says why, `detail` what to change.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemJson.ContentType] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(ProblemView), null, cancellation) },
            },
        };
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isOfCallers = metadata.Any(one => one is CallerRequired);
        if (!isOfCallers && !metadata.Any(one => one is AgentRequired))
            return;
        string[] schemes = isOfCallers ? [ApiKey, BearerKey, Session] : [ApiKey, BearerKey];
        operation.Security =
        [
            .. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] }),
        ];
    }
}
