using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>What the console says when the site is up: in plain words, or as one log line in Production.</summary>
internal static class Greeting
{
    public static void Greet(this WebApplication app)
    {
        var (database, site) = (app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<Site>());
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var listening = string.Join(", ", app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
            if (app.Environment.IsProduction())
                app.Logger.LogInformation("{Site} is up at {Address}, listening on {Listening}, database {Database}", site.Name, site.Address, listening, Kind(database));
            else if (app.Environment.IsDevelopment())
                Console.WriteLine(InWords(site, database, listening));
        });
    }

    internal static string InWords(Site site, Database database, string listening) => $"""

        {site.Name} is up: {(listening.Length > 0 ? listening : site.Address.ToString())}
          Database:   {(database.IsSqlite ? $"SQLite, the file {Path.GetFullPath(database.SqlitePath)}" : "PostgreSQL, as the connection string says")}
          Start over: {(database.IsSqlite
            ? $"stop with Ctrl+C, delete the folder {Path.GetDirectoryName(Path.GetFullPath(database.SqlitePath))}, start again"
            : "stop with Ctrl+C, drop and create the database, start again")}
          Stop:       Ctrl+C

        """;

    private static string Kind(Database database) => database.IsSqlite ? "SQLite " + Path.GetFullPath(database.SqlitePath) : "PostgreSQL";
}
