# The build: a JDK 25 with Maven, which ./mvnw uses.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 ./mvnw -Dmaven.repo.local=/m2 -B -q -DskipTests -pl gateway-app -am package
# The database is outside the container.
RUN rm gateway-app/target/tombolo/lib/embedded-postgres-binaries-*.jar

# An archive for quick starts comes from one start on a database, with the very Java of the image. Without it all works too.
FROM eclipse-temurin:25-jre AS rehearsal
COPY --from=build /src/LICENSE /src/NOTICE /src/tombolo /opt/tombolo/
COPY --from=build /src/gateway-app/target/tombolo/THIRD-PARTY.txt /src/gateway-app/target/tombolo/sbom.json /opt/tombolo/
COPY --from=build /src/gateway-app/target/tombolo/lib /opt/tombolo/lib
RUN apt-get -q update \
    && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends postgresql \
    && printf 'local all all trust\nhost all all 127.0.0.1/32 trust\n' >"$(ls -d /etc/postgresql/*/main)/pg_hba.conf" \
    && pg_ctlcluster "$(ls /etc/postgresql)" main start \
    && /opt/tombolo/tombolo rehearse --database jdbc:postgresql://127.0.0.1/postgres --user postgres \
    || echo "no archive for quick starts" >&2
RUN rm -rf /opt/tombolo/target

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 tombolo \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tombolo
COPY --from=rehearsal /opt/tombolo /opt/tombolo
# Says nothing, so that everything can come from the environment; mount your own in its place.
COPY docker/tombolo.yml /etc/tombolo/tombolo.yml
ENV TOMBOLO_WEB_LISTEN=0.0.0.0:8080
USER 10001:10001
EXPOSE 8080
# Whether the process answers. /readyz also asks for the database and the XMPP link, which a restart does not mend.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9090 && printf 'GET /livez HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/tombolo/tombolo"]
CMD ["run", "--config", "/etc/tombolo/tombolo.yml"]
