# The image of one node: build with Maven, run on a JRE. docs/configuration.md lists the settings.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -pl ear,instance -am package -DskipTests

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/velador --create-home velador
COPY --from=build /src/instance/target/velador-instance /opt/velador
COPY --from=build /src/ear/target/velador.ear /opt/velador/velador.ear
ENV VELADOR_EAR=/opt/velador/velador.ear \
    VELADOR_HOME=/var/lib/velador \
    VELADOR_CDS=/opt/velador/classes.jsa
# The class archive fits the JVM and the jars of this very image, so it is made here.
RUN /opt/velador/bin/velador --train && rm -rf /var/lib/velador/*
USER velador
VOLUME /var/lib/velador
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/opt/velador/bin/velador", "--healthcheck"]
ENTRYPOINT ["/opt/velador/bin/velador"]
