using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Outrider.Api.Operations;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>The answers of a batch in the order of its statements: each its rows or its problem.</summary>
public sealed class SqlBatchResult(Outcome<List<Outcome<SqlAnswer>>> outcome) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (!outcome.Ok)
        {
            await ProblemJson.WriteAsync(httpContext, outcome.Problem);
            return;
        }
        var response = httpContext.Response;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter, RestJson.Writer);
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var answer in outcome.Value)
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", answer.Ok);
            if (answer.Ok)
            {
                await RowSetJson.WriteMembersAsync(response.BodyWriter, json, answer.Value, httpContext.RequestAborted);
            }
            else
            {
                json.WritePropertyName("problem");
                ProblemJson.Write(json, answer.Problem);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(SqlBatchRows), ["application/json"]));
}
