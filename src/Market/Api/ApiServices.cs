using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>What the API offers, and how it is described.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Name, null)
            .AddPolicyScheme(KeyAuthentication.OrPerson, null, o => o.ForwardDefaultSelector = http => http.Request.Headers.Authorization.Count > 0 ? KeyAuthentication.Name : IdentityConstants.ApplicationScheme);
        services.AddSingleton<ApiBrake>().AddScoped<MakeKeyHandler>().AddScoped<OnceOnly>().AddScoped<OrderAccess>();
        services.AddSingleton(new HookOptions(Environment.GetEnvironmentVariable("SHANHUO_HOOKS_LOOPBACK") == "1", TimeSpan.FromSeconds(5)));
        services.AddScoped<Announce>().AddSingleton<HookSender>().AddHostedService<HookWorker>().AddScoped<IHoldHiddenFields, HiddenOfHooks>();
        return services.AddOpenApi(Describe);
    }

    private static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Shanhuo 山货", Version = "1", Description = "Offers, orders, shipments, refunds, lots and statements of a county's market. Sums are whole fen, days are those of China, lists go from the newest to the oldest." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal) { ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key that the county made for an organisation: shk_…" } };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (operation.Summary?.EndsWith("Idempotency-Key", StringComparison.Ordinal) == true)
                (operation.Parameters ??= []).Add(new OpenApiParameter { Name = "Idempotency-Key", In = ParameterLocation.Header, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 64 } });
            return Task.CompletedTask;
        });
        // Numbers are numbers here; that they could be text is a habit of the framework which our reader does not share.
        options.AddSchemaTransformer((schema, _, _) =>
        {
            if (schema.Type?.HasFlag(JsonSchemaType.Integer) == true) (schema.Type, schema.Pattern) = (schema.Type & ~JsonSchemaType.String, null);
            return Task.CompletedTask;
        });
    }
}
