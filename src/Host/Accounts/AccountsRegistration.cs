using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Wires accounts: ASP.NET Core Identity with the settings of the house, and without its own pages.</summary>
internal static class AccountsRegistration
{
    private const int HashIterations = 220_000;

    // How long a ticket is believed before the account is looked at.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddAccounts(this IServiceCollection services, Site site, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton<HashingGate>();
        services.AddScoped<SignInTries>();
        services.AddScoped<KnownDevice>();
        services.AddScoped<StaffNames>();
        services.AddScoped<AccountMails>();
        services.AddScoped<MailHabits>();
        services.AddScoped<AccountChange>();
        services.AddScoped<RoleGiver>();
        services.AddSingleton<UnknownPerson>();

        services.AddIdentity<Account, IdentityRole<Guid>>(o =>
            {
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.Password.RequiredLength = PasswordRules.Shortest;
                o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
                o.Lockout.AllowedForNewUsers = false; // SignInTries counts by address too, so that nobody locks out somebody else
                o.User.RequireUniqueEmail = true;
                o.User.AllowedUserNameCharacters = ""; // the name is the mail address, which has its own rules
                o.SignIn.RequireConfirmedEmail = true;
            })
            .AddEntityFrameworkStores<HostDb>()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddTokenProvider<AccountTokens>(TokenOptions.DefaultProvider);

        services.Configure<PasswordHasherOptions>(o => o.IterationCount =
            environment.IsEnvironment("Testing") ? configuration.GetValue("Accounts:HashIterations", HashIterations) : HashIterations);
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = LookAgain);
        services.ConfigureApplicationCookie(o => Ticket(o, site));

        // Every page opens a cookie and seals a token: GCM does both in one pass, at half the price of the framework's own choice. Old keys stay good.
        services.AddDataProtection().SetApplicationName("MoocPlatform")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(p =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new KeyRing(p.GetRequiredService<IServiceScopeFactory>(), p.GetRequiredService<TimeProvider>())));
        return services;
    }

    // A ticket ends after 12 hours without a visit and after 7 days in any case; the browser forgets it when it is closed.
    private static void Ticket(CookieAuthenticationOptions options, Site site)
    {
        options.Cookie.Name = site.Cookie("session");
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = site.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = "/account/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        var toSignIn = options.Events.OnRedirectToLogin;
        options.Events.OnRedirectToLogin = async context =>
        {
            if (await Features.Errors.Unsent.Of(context.HttpContext) is null)
                await toSignIn(context);
            else
                context.Response.StatusCode = StatusCodes.Status401Unauthorized; // a redirect would lose what was written
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound; // forbidden equals absent
            return Task.CompletedTask;
        };
        options.Events.OnSigningIn = context =>
        {
            context.Properties.Items.TryAdd(TicketAge.Since, context.Options.TimeProvider!.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = async context =>
        {
            if (TicketAge.IsOver(context))
                context.RejectPrincipal();
            else if (context.Options.TimeProvider!.GetUtcNow() - context.Properties.IssuedUtc is not { } age || age >= LookAgain)
                await SecurityStampValidator.ValidatePrincipalAsync(context); // asks for services that cost more than a page: only when it will look
        };
    }
}

/// <summary>How long ago a person signed in, whatever was renewed since.</summary>
internal static class TicketAge
{
    public const string Since = "since";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static bool IsOver(CookieValidatePrincipalContext context) =>
        !context.Properties.Items.TryGetValue(Since, out var text)
        || !long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var since)
        || context.Options.TimeProvider!.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(since) > Longest;
}
